using System.Collections.Concurrent;
using RankNas.Core.Tests.Support;
using RankNas.Kernels;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.Core.Tests.Scoring;

public class LocalEvaluatorTests
{
    [Fact]
    public async Task AWorkerWithoutANetwork_HelpsWithTheOthers()
    {
        // Each part waits for the other.
        using var together = new Barrier(2);
        var met = new ConcurrentBag<bool>();
        var proxy = new FunctionProxy("sharing", (_, _) =>
        {
            SharedCores.ForEachPart(2, _ => met.Add(together.SignalAndWait(TimeSpan.FromMinutes(1))));
            return 1;
        });

        await Searches.Tiny().AddProxy(proxy).WithWorkers(2).WithBudget(1).Build().RunAsync(TestContext.Current.CancellationToken);

        met.Should().Equal(true, true);
    }

    [Fact]
    public async Task OneWorker_WorksOnOneThread()
    {
        var threads = new ConcurrentBag<int>();
        var proxy = new FunctionProxy("alone", (_, _) =>
        {
            SharedCores.ForEachPart(8, _ =>
            {
                Thread.Sleep(1);
                threads.Add(Environment.CurrentManagedThreadId);
            });
            return 1;
        });

        await Searches.Tiny().AddProxy(proxy).WithWorkers(1).WithBudget(1).Build().RunAsync(TestContext.Current.CancellationToken);

        threads.Should().HaveCount(8);
        threads.Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task ASearch_WhoseRequestsGoAsJsonToAnotherEvaluator_FindsTheSame()
    {
        NasBuilder Search() => Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).AddProxy(new FunctionProxy("odd", (network, batch) =>
            network.parameters().First().shape[0] == 4 ? throw new InvalidOperationException("It would not.") : double.PositiveInfinity)).WithRepeats(2).WithBudget(12);
        SearchResult here = await Search().Build().RunAsync(Token);

        await using LocalEvaluator there = Search().WithWorkers(2).BuildEvaluator();
        SearchResult elsewhere = await Search().UseEvaluator(() => new ByJson(there)).Build().RunAsync(Token);

        elsewhere.History.Select(scored => (scored.Architecture, scored.Rank)).Should().Equal(here.History.Select(scored => (scored.Architecture, scored.Rank)));
        elsewhere.History.SelectMany(scored => scored.Scores).Should().Equal(here.History.SelectMany(scored => scored.Scores));
        elsewhere.History.SelectMany(scored => scored.Scores).Select(score => score.Kind).Should().Contain([ScoreKind.Finite, ScoreKind.Infinite, ScoreKind.Failed]);
        elsewhere.Notices.Should().Equal(here.Notices);
    }

    [Fact]
    public async Task EvaluateAsync_ARequestOfOtherSettings_IsRefusedByName()
    {
        EvaluationRequest request = await RequestOfAsync(Searches.Tiny().AddProxy(FunctionProxy.LogitSum()));
        await using LocalEvaluator evaluator = Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).BuildEvaluator();
        (ScoreScope Scope, string Message)[] others =
        [
            (request.Scope with { Seed = 3 }, "The request's seed is '3', and this evaluator's is '0': build it by the same settings as the search.*"),
            (request.Scope with { Space = "\u001b[31m" }, "The request's space is '\\u{1b}[31m', and this evaluator's is 'tiny'*"),
            (request.Scope with { Images = "others" }, "The request's images is 'others'*"),
            (request.Scope with { Numerics = "engine0" }, "The request's numerics is 'engine0'*use machines of one kind, or call AcceptOtherNumerics().*"),
        ];
        foreach ((ScoreScope scope, string message) in others)
        {
            await evaluator.Awaiting(one => one.EvaluateAsync(request with { Scope = scope }, Token)).Should().ThrowAsync<ArgumentException>().WithMessage(message);
        }

        await evaluator.Awaiting(one => one.EvaluateAsync(request with { Proxies = [new("unknown", "", ScoreDirection.HigherIsBetter)] }, Token))
            .Should().ThrowAsync<ArgumentException>().WithMessage("This evaluator has no proxy 'unknown'*");
        (await evaluator.EvaluateAsync(request, Token)).Numerics.Should().BeNull();

        await evaluator.DisposeAsync();
        await evaluator.Awaiting(one => one.EvaluateAsync(request, Token)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task EvaluateAsync_ARequestOfOtherNumerics_WhereAccepted_IsAnsweredByItsOwn()
    {
        EvaluationRequest request = await RequestOfAsync(Searches.Tiny().AddProxy(FunctionProxy.LogitSum()));
        await using LocalEvaluator evaluator = Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).AcceptOtherNumerics().BuildEvaluator();
        EvaluationOutcome outcome = await evaluator.EvaluateAsync(request with { Scope = request.Scope with { Numerics = "engine0" } }, Token);
        outcome.Numerics.Should().Be(request.Scope.Numerics);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"scope\":null,\"architecture\":\"a\",\"proxies\":[]}")]
    [InlineData("[[[[")]
    public void FromJson_OfWhatIsNone_SaysSo(string json)
    {
        FluentActions.Invoking(() => EvaluationRequest.FromJson(json)).Should().Throw<InvalidDataException>().WithMessage("This is not an evaluation request: *.");
        FluentActions.Invoking(() => EvaluationOutcome.FromJson(json)).Should().Throw<InvalidDataException>().WithMessage("This is not an evaluation outcome: *.");
    }

    [Fact]
    public async Task Json_OfRequestsAndOutcomes_GivesBackTheSame()
    {
        EvaluationRequest request = await RequestOfAsync(Searches.Tiny().AddProxy(FunctionProxy.LogitSum()));
        EvaluationRequest.FromJson(request.ToJson()).Should().Be(request).And.NotBeSameAs(request);
        var outcome = new EvaluationOutcome([Score.Of(0.1), Score.Of(double.NegativeInfinity), Score.Failed("No.", isTransient: true)], 0.3) { Numerics = "engine0" };
        EvaluationOutcome.FromJson(outcome.ToJson()).Should().Be(outcome).And.NotBeSameAs(outcome);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<EvaluationRequest> RequestOfAsync(NasBuilder builder)
    {
        EvaluationRequest? seen = null;
        await builder.WithBudget(1).UseEvaluator(() => new FunctionEvaluator((request, _) =>
        {
            seen = request;
            return Task.FromResult(new EvaluationOutcome([Score.Of(1)], 0));
        })).Build().RunAsync(Token);
        return seen!;
    }

    /// <summary>Asks an evaluator as another process would: by text alone.</summary>
    private sealed class ByJson(LocalEvaluator there) : IArchitectureEvaluator
    {
        public int Parallelism => there.Parallelism;

        public async Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default) =>
            EvaluationOutcome.FromJson(await AnswerAsync(request.ToJson(), cancellationToken));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task<string> AnswerAsync(string request, CancellationToken cancellationToken) =>
            (await there.EvaluateAsync(EvaluationRequest.FromJson(request), cancellationToken)).ToJson();
    }
}
