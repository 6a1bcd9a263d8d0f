using System.Diagnostics;
using RankNas.Core.Tests.Support;
using RankNas.Scores;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Scoring;

/// <summary>What never ends is given up after the time limit, and the search goes on.</summary>
public sealed class TimeLimitTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // Releases what hangs when a test is over, so that no thread outlives it.
    private readonly ManualResetEventSlim _over = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _over.Set();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AProxyThatNeverEnds_FailsAlone_AndTheOthersAndTheSearchGoOn(bool isConcurrent)
    {
        var hanging = new FunctionProxy("hanging", (_, _) => Hang()) { IsConcurrent = isConcurrent };
        SearchResult alone = await Searches.Tiny().AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum()).WithBudget(2).Build().RunAsync(Token);
        SearchResult result = await Searches.Tiny().AddProxy(new InputSum()).AddProxy(hanging).AddProxy(FunctionProxy.LogitSum())
            .WithWorkers(2).WithBudget(2).WithProxyTimeLimit(Limit).Build().RunAsync(Token);

        result.History.Should().OnlyContain(evaluated =>
            evaluated.Scores[1].Failure == "The proxy did not end within 2 seconds, and was given up." && evaluated.Scores[1].IsTransient);
        result.History.Select(evaluated => evaluated.Scores[0]).Should().Equal(alone.History.Select(evaluated => evaluated.Scores[0]));
        result.History.Select(evaluated => evaluated.Scores[2]).Should().Equal(alone.History.Select(evaluated => evaluated.Scores[1]));
        result.Notices.Should().Contain(notice => notice.Code == "scores-not-stored");
    }

    [Fact]
    public async Task AnObserverThatNeverEnds_FailsAlone()
    {
        SearchResult result = await Searches.Tiny().AddProxy(new InputSum()).AddProxy(new ObserverProxy { OnObserve = () => Hang() })
            .WithWorkers(1).WithBudget(1).WithProxyTimeLimit(Limit).Build().RunAsync(Token);

        result.Best.Scores[0].Kind.Should().Be(ScoreKind.Finite);
        result.Best.Scores[1].Failure.Should().Be("The proxy did not end within 2 seconds, and was given up.");
    }

    [Fact]
    public async Task ANetworkWhosePassNeverEnds_FailsByName()
    {
        var space = new FaultySpace { BuildInstead = _ => new FunctionModule(_ => zeros((long)Hang())) };
        SearchResult result = await Searches.Tiny().UseSpace(space).AddProxy(new InputSum())
            .WithWorkers(1).WithBudget(1).WithProxyTimeLimit(Limit).Build().RunAsync(Token);

        result.Best.Scores[0].Failure.Should().Be("The network's forward pass did not end within 2 seconds, and was given up.");
    }

    [Fact]
    public async Task ANetworkThatIsNeverBuilt_FailsByAllProxies()
    {
        var space = new FaultySpace
        {
            BuildInstead = _ =>
            {
                Hang();
                return null;
            },
        };
        SearchResult result = await Searches.Tiny().UseSpace(space).AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum())
            .WithWorkers(1).WithBudget(1).WithProxyTimeLimit(Limit).Build().RunAsync(Token);

        result.Best.Scores.Should().OnlyContain(score => score.Failure == "The network was not built within 2 seconds, and was given up.");
    }

    [Fact]
    public async Task WaitingForOthers_DoesNotCount()
    {
        // Each takes its turn alone: the last one waits for seven others.
        var slow = new FunctionProxy("slow", (_, _) =>
        {
            Thread.Sleep(500);
            return 1;
        });
        SearchResult result = await Searches.Tiny().AddProxy(slow).WithWorkers(8).WithBudget(8)
            .WithProxyTimeLimit(Limit).Build().RunAsync(Token);

        result.History.Should().OnlyContain(evaluated => evaluated.Scores[0] == Score.Of(1));
    }

    [Fact]
    public async Task CancellingASearchWhoseProxyNeverEnds_ReturnsTheBestSoFar()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        int calls = 0;
        var proxy = new FunctionProxy("third-time", (_, _) =>
        {
            if (Interlocked.Increment(ref calls) < 3)
            {
                return 1;
            }

            cancellation.CancelAfter(100);
            return Hang();
        });

        long start = Stopwatch.GetTimestamp();
        SearchResult result = await Searches.Tiny().AddProxy(proxy).WithWorkers(1).WithProxyTimeLimit(TimeSpan.FromHours(1)).Build()
            .RunAsync(cancellation.Token);

        Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromMinutes(2));
        result.IsCancelled.Should().BeTrue();
        result.Evaluations.Should().Be(2);
    }

    [Fact]
    public void ATimeLimitOfNothing_IsRefused_AndNoneIsAllowed()
    {
        FluentActions.Invoking(() => NasBuilder.Create().WithProxyTimeLimit(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The time limit is 00:00:00: it must be greater than 0.*");
        FluentActions.Invoking(() => NasBuilder.Create().WithProxyTimeLimit(Timeout.InfiniteTimeSpan)).Should().NotThrow();
    }

    private double Hang()
    {
        _over.Wait(TimeSpan.FromMinutes(5));
        return 0;
    }
}
