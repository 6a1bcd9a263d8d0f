using RankNas.Core.Tests.Support;
using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.Core.Tests.Search;

/// <summary>Whatever throws, all that a search opened is closed, and the first error is the one that is told.</summary>
public class DisposalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnEvaluatorThatCannotBeClosed_LeavesNoStoreOpen()
    {
        var store = new FaultyStore();
        await FluentActions.Awaiting(() => RunAsync(store, Evaluator("The evaluator does not close."))).Should()
            .ThrowAsync<InvalidOperationException>().WithMessage("The evaluator does not close.");
        store.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public async Task SeveralThatCannotBeClosed_AreAllTold()
    {
        var store = new FaultyStore { OnDispose = () => throw new InvalidOperationException("Nor the store.") };
        AggregateException failure = (await FluentActions.Awaiting(() => RunAsync(store, Evaluator("Not the evaluator."))).Should()
            .ThrowAsync<AggregateException>()).Which;
        failure.InnerExceptions.Select(inner => inner.Message).Should().Equal("Not the evaluator.", "Nor the store.");
    }

    [Fact]
    public async Task AnErrorOfTheSearch_IsNotLostToThoseOfClosing()
    {
        var store = new FaultyStore { OnDispose = () => throw new InvalidOperationException("The store does not close.") };
        Exception failure = (await FluentActions.Awaiting(() => RunAsync(store, new FunctionEvaluator((_, _) => throw new KeyNotFoundException("Lost."))
        {
            OnDispose = () => throw new InvalidOperationException("Nor this."),
        })).Should().ThrowAsync<SearchComponentException>()).Which;
        failure.Message.Should().EndWith("Lost.");
        failure.Data["RankNas.DisposalFailure"].Should().BeOfType<string>().Which.Should().Contain("The store does not close.");
    }

    [Fact]
    public async Task AnEvaluatorThatCannotBeMade_LeavesNoStoreOpen()
    {
        var store = new FaultyStore();
        INasBuilder builder = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseEvaluator(() => throw new KeyNotFoundException("No evaluator."));
        builder.UseScoreStore(_ => new ValueTask<IScoreStore>(store));
        await FluentActions.Awaiting(() => ((NasBuilder)builder).Build().RunAsync(Token)).Should().ThrowAsync<KeyNotFoundException>().WithMessage("No evaluator.");
        store.IsDisposed.Should().BeTrue();
    }

    private static FunctionEvaluator Evaluator(string failure)
    {
        FunctionEvaluator constant = FunctionEvaluator.Constant();
        return new FunctionEvaluator(constant.EvaluateAsync) { OnDispose = () => throw new InvalidOperationException(failure) };
    }

    private static Task<SearchResult> RunAsync(IScoreStore store, IArchitectureEvaluator evaluator)
    {
        INasBuilder builder = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithBudget(2).UseEvaluator(() => evaluator);
        builder.UseScoreStore(_ => new ValueTask<IScoreStore>(store));
        return ((NasBuilder)builder).Build().RunAsync(Token);
    }
}
