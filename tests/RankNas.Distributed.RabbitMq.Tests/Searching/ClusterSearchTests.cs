using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using RankNas.Diagnostics;
using RankNas.Distributed.Protocol;
using RankNas.Distributed.Searching;
using RankNas.Distributed.Tests.Support;
using RankNas.Distributed.Transport;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.Scoring;
using RankNas.SearchSpaces;
using RankNas.Strategies;
using static RankNas.Distributed.Tests.Support.Searches;

namespace RankNas.Distributed.Tests.Searching;

public class ClusterSearchTests
{
    private static readonly ClusterMessage Nonsense = new("unit", Encoding.UTF8.GetBytes("{\"search\": 1"));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Search_AnyNumberOfWorkers_IsThatOfOneMachine(int workers)
    {
        await using var cluster = new Cluster();
        for (int worker = 0; worker < workers; worker++)
        {
            cluster.Start();
        }

        SearchResult result = await cluster.SearchAsync(Builder());

        Found(result).Should().Equal(Found(await AloneAsync()));
        result.Notices.Should().Equal((await AloneAsync()).Notices);
    }

    [Fact]
    public async Task Search_Ended_LeavesNoQueueBehind()
    {
        await using var cluster = new Cluster();
        var names = new ConcurrentDictionary<string, bool>();
        cluster.Start();
        await Builder(50).UseCluster(_ => new FaultyTransport(cluster.Broker.CreateTransport())
        {
            OnSend = (queue, message) =>
            {
                names.TryAdd(queue, true);
                return message;
            },
        }, Cluster.Quick).Build().RunAsync(TestContext.Current.CancellationToken);

        await using IClusterTransport transport = cluster.Broker.CreateTransport();
        string work = names.Keys.Single(name => name.StartsWith("work.", StringComparison.Ordinal));
        (await transport.FindQueueAsync(work, TestContext.Current.CancellationToken)).Should().BeNull();
        (await transport.FindQueueAsync(work.Replace("work.", "replies.", StringComparison.Ordinal), TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task Search_WorkerThatLosesItsAcknowledgements_IsScoredAgainAndTheSame()
    {
        await using var cluster = new Cluster();
        var transport = new FaultyTransport(cluster.Broker.CreateTransport()) { LosesAcknowledgements = true };
        var first = new FakeEvaluator();
        cluster.Start(first, transport: transport);
        Task<SearchResult> search = cluster.SearchAsync(Builder());
        await Cluster.UntilAsync(() => !first.Asked.IsEmpty);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await cluster.EndLastAsync();
        var second = new FakeEvaluator();
        cluster.Start(second);

        Found(await search).Should().Equal(Found(await AloneAsync()));
        second.Asked.Should().Contain(first.Asked, "what was not acknowledged is delivered again");
    }

    [Fact]
    public async Task Search_WorkersComeAndGo_IsThatOfOneMachine()
    {
        await using var cluster = new Cluster();
        Task<SearchResult> search = cluster.SearchAsync(Builder(400));
        for (int round = 0; round < 8 && !search.IsCompleted; round++)
        {
            cluster.Start(new FakeEvaluator(TimeSpan.FromMilliseconds(5)));
            await Task.Delay(150, TestContext.Current.CancellationToken);
            await cluster.EndLastAsync();
        }

        cluster.Start();
        Found(await search).Should().Equal(Found(await AloneAsync(400)));
    }

    [Fact]
    public async Task Search_UnitThatEndsEveryWorker_FailsAlone()
    {
        Architecture lethal = (await AloneAsync(60)).Ranked[7].Architecture;
        await using var cluster = new Cluster { Broker = new InMemoryBroker(mostDeliveries: 3) };
        var ends = new SemaphoreSlim(0);
        FakeEvaluator Mortal() => new(answer: request =>
        {
            if (request.Architecture == lethal.Text)
            {
                ends.Release();
                Thread.Sleep(Timeout.Infinite);
            }

            return null;
        });
        cluster.Start(Mortal());
        var notices = new ConcurrentBag<string>();
        Task<SearchResult> search = cluster.SearchAsync(Builder(60), Cluster.Quick with { Notify = notices.Add });
        while (!search.IsCompleted)
        {
            if (await ends.WaitAsync(50, TestContext.Current.CancellationToken))
            {
                await cluster.EndLastAsync();
                cluster.Start(Mortal());
            }
        }

        SearchResult result = await search;
        ScoredArchitecture failed = result.Ranked.Should().ContainSingle(one => one.Scores.Any(score => score.Kind == ScoreKind.Failed)).Subject;
        failed.Architecture.Should().Be(lethal);
        failed.Scores[0].Failure.Should().Contain("went away");
        failed.Scores[0].IsTransient.Should().BeTrue();
        notices.Should().ContainSingle(notice => notice.Contains(lethal.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_KilledAndStartedAgain_TakesTheRepliesThatWait()
    {
        await using var cluster = new Cluster();
        var first = new FakeEvaluator();
        cluster.Start(first);
        NasBuilder builder = Builder();
        EvaluatorSettings? settings = null;
        await builder.UseEvaluator((given, _) =>
        {
            settings = given;
            return ValueTask.FromResult<IArchitectureEvaluator>(new FakeEvaluator());
        }).Build().RunAsync(TestContext.Current.CancellationToken);

        // It gets answers and is gone before the store has them.
        IClusterTransport lost = cluster.Broker.CreateTransport();
        ClusterEvaluator killed = await ClusterEvaluator.OpenAsync(lost, settings!, Cluster.Quick, TestContext.Current.CancellationToken);
        EvaluationRequest[] requests = [.. (await AloneAsync()).Ranked.Take(20).Select(one => new EvaluationRequest(settings!.Scope, one.Architecture.Text, settings!.Proxies))];
        EvaluationOutcome[] outcomes = await Task.WhenAll(requests.Select(request => killed.EvaluateAsync(request, TestContext.Current.CancellationToken)));
        await lost.DisposeAsync();
        await cluster.EndLastAsync();

        ClusterEvaluator again = await ClusterEvaluator.OpenAsync(cluster.Broker.CreateTransport(), settings!, Cluster.Quick, TestContext.Current.CancellationToken);
        EvaluationOutcome[] same = await Task.WhenAll(requests.Select(request => again.EvaluateAsync(request, TestContext.Current.CancellationToken)));

        same.Should().Equal(outcomes, "no worker is there any more");
        await Task.WhenAll(requests.Select(request => again.KeptAsync(request, TestContext.Current.CancellationToken).AsTask()));
        await again.DisposeAsync();
    }

    [Fact]
    public async Task Search_Cancelled_ReturnsTheBestSoFarAndKeepsItsReplies()
    {
        await using var cluster = new Cluster();
        cluster.Start(new FakeEvaluator(TimeSpan.FromMilliseconds(20)));
        using var cancelling = new CancellationTokenSource();
        Task<SearchResult> search = Builder(5000).UseCluster(_ => cluster.Broker.CreateTransport(), Cluster.Quick)
            .UseProgress(new Once(50, cancelling.Cancel)).Build().RunAsync(cancelling.Token);

        SearchResult result = await search.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        result.IsCancelled.Should().BeTrue();
        result.Ranked.Length.Should().BeInRange(50, 4999);
    }

    [Fact]
    public async Task Search_CancelledAndStartedAgainUnheard_IsServedAgain()
    {
        await using var cluster = new Cluster();
        var deaf = new FakeEvaluator();
        cluster.Start(deaf);
        using var cancelling = new CancellationTokenSource();

        // The worker does not hear that the search is over: its queue is gone all the same.
        await Builder(5000).UseCluster(_ => new FaultyTransport(cluster.Broker.CreateTransport()) { OnSend = (_, message) => message.Kind == "search-over" ? null : message }, Cluster.Quick)
            .UseProgress(new Once(50, cancelling.Cancel)).Build().RunAsync(cancelling.Token);

        (await cluster.SearchAsync(Builder(120))).Ranked.Should().HaveCount(120);
    }

    [Fact]
    public async Task Search_TwoOnOneBroker_DoNotMeet()
    {
        await using var cluster = new Cluster();
        cluster.Start();
        cluster.Start();

        SearchResult[] results = await Task.WhenAll(cluster.SearchAsync(Builder(seed: 1)), cluster.SearchAsync(Builder(seed: 2)));

        Found(results[0]).Should().Equal(Found(await AloneAsync(seed: 1)));
        Found(results[1]).Should().Equal(Found(await AloneAsync(seed: 2)));
    }

    [Fact]
    public async Task Search_TheSameTwiceAtATime_IsRefused()
    {
        await using var cluster = new Cluster();
        Task<SearchResult> first = cluster.SearchAsync(Builder());
        await Task.Delay(200, TestContext.Current.CancellationToken);

        await FluentActions.Awaiting(() => cluster.SearchAsync(Builder())).Should().ThrowAsync<ClusterException>().WithMessage("Another process runs this very search*");
        cluster.Start();
        await first;
    }

    [Fact]
    public async Task Search_FullQueue_HoldsBackAndIsTheSame()
    {
        await using var cluster = new Cluster { Broker = new InMemoryBroker(mostMessages: 2) };
        cluster.Start(new FakeEvaluator(TimeSpan.FromMilliseconds(2)));

        Found(await cluster.SearchAsync(Builder(60))).Should().Equal(Found(await AloneAsync(60)));
    }

    [Fact]
    public async Task Search_UnitsAndRepliesThatAreLost_AreAskedForAgain()
    {
        await using var cluster = new Cluster();
        int sent = 0;
        FaultyTransport Lossy() => new(cluster.Broker.CreateTransport())
        {
            OnSend = (queue, message) => message.Kind is "unit" or "reply" && Interlocked.Increment(ref sent) % 5 == 0 ? null : message,
        };
        cluster.Start(transport: Lossy());

        SearchResult result = await Builder(40).UseCluster(_ => Lossy(), Cluster.Quick).Build().RunAsync(TestContext.Current.CancellationToken);

        Found(result).Should().Equal(Found(await AloneAsync(40)));
    }

    [Fact]
    public async Task Search_MessagesThatMakeNoSense_AreOfNoAccount()
    {
        await using var cluster = new Cluster();
        cluster.Start();
        await using IClusterTransport stranger = cluster.Broker.CreateTransport();
        var queues = new ConcurrentDictionary<string, bool>();
        Task<SearchResult> search = Builder().UseCluster(_ => new FaultyTransport(cluster.Broker.CreateTransport())
        {
            OnSend = (queue, message) =>
            {
                queues.TryAdd(queue, true);
                return message;
            },
        }, Cluster.Quick).Build().RunAsync(TestContext.Current.CancellationToken);
        while (!search.IsCompleted)
        {
            foreach (string queue in queues.Keys.Append(Topics.Searches).Append(Topics.Workers))
            {
                foreach (string kind in (string[])["unit", "reply", "presence", "announcement", "images-wanted", "images-part", "search-over", "odd"])
                {
                    await stranger.SendAsync(queue, Nonsense with { Kind = kind }, TestContext.Current.CancellationToken);
                    await stranger.SendAsync(queue.Replace("work.", "replies.", StringComparison.Ordinal), Nonsense with { Kind = kind }, TestContext.Current.CancellationToken);
                    await stranger.TellAsync(queue, Nonsense with { Kind = kind }, TestContext.Current.CancellationToken);
                }
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Found(await search).Should().Equal(Found(await AloneAsync()));
    }

    [Fact]
    public async Task Search_NoWorker_SaysSoAndWaits()
    {
        await using var cluster = new Cluster();
        var notices = new ConcurrentBag<string>();
        Task<SearchResult> search = cluster.SearchAsync(Builder(20), Cluster.Quick with { Notify = notices.Add });
        await Cluster.UntilAsync(() => !notices.IsEmpty);
        notices.Should().OnlyContain(notice => notice.StartsWith("No worker is there", StringComparison.Ordinal));

        cluster.Start();
        (await search).Ranked.Should().HaveCount(20);
    }

    [Fact]
    public async Task Search_WorkersOfOtherNumerics_AreRefusedByTheirMachinesNames()
    {
        await using var cluster = new Cluster();
        cluster.Start(numerics: "engine2-avx1-libtorch0-cpu");

        await FluentActions.Awaiting(() => cluster.SearchAsync(Builder())).Should().ThrowAsync<ClusterException>()
            .WithMessage($"None of 1 workers can score for this search.*{Environment.MachineName}*engine2-avx1-libtorch0-cpu*--accept-other-numerics*");
    }

    [Fact]
    public async Task Search_OneWorkerOfOtherNumericsAmongOthers_IsLeftOutAndNamed()
    {
        await using var cluster = new Cluster();
        var odd = new FakeEvaluator();
        var notices = new ConcurrentBag<string>();
        cluster.Start(odd, numerics: "engine2-avx1-libtorch0-cpu");
        cluster.Start(new FakeEvaluator(TimeSpan.FromMilliseconds(5)));

        SearchResult result = await cluster.SearchAsync(Builder(), Cluster.Quick with { Notify = notices.Add });

        Found(result).Should().Equal(Found(await AloneAsync()));
        odd.Asked.Should().BeEmpty();
        notices.Should().ContainSingle().Which.Should().Contain("does not score for this search").And.Contain("engine2-avx1-libtorch0-cpu");
    }

    [Fact]
    public async Task Search_AcceptsOtherNumerics_TakesThemAndHasANotice()
    {
        await using var cluster = new Cluster();
        cluster.Start(new FakeEvaluator(answer: request => new EvaluationOutcome([.. request.Proxies.Select(_ => Score.Of(1))], 0) { Numerics = "other" }), numerics: "other");

        SearchResult result = await cluster.SearchAsync(Builder(20).AcceptOtherNumerics());

        result.Notices.Should().Contain(notice => notice.Code == SearchNoticeCodes.ScoresOfOtherNumerics);
    }

    [Fact]
    public async Task Search_WorkerThatLiesAboutItsNumerics_IsNotBelieved()
    {
        await using var cluster = new Cluster();
        var notices = new ConcurrentBag<string>();
        cluster.Start(new FakeEvaluator(answer: request => new EvaluationOutcome([.. request.Proxies.Select(_ => Score.Of(1))], 0) { Numerics = "other" }));

        SearchResult result = await cluster.SearchAsync(Builder(10), Cluster.Quick with { Notify = notices.Add });

        result.Ranked.Should().OnlyContain(one => one.Scores.All(score => score.IsTransient));
        notices.Should().ContainSingle().Which.Should().Contain("are not taken");
    }

    [Fact]
    public async Task Search_WorkerThatIsBroken_IsLeftOutAndItsArchitecturesAreScoredByOthers()
    {
        await using var cluster = new Cluster();
        var notices = new ConcurrentBag<string>();
        cluster.Start(new FakeEvaluator(answer: _ => throw new InvalidOperationException("The card has no memory.")));
        Task<SearchResult> search = cluster.SearchAsync(Builder(80), Cluster.Quick with { Notify = notices.Add, RefusalPatience = TimeSpan.FromMinutes(1) });
        await Cluster.UntilAsync(() => notices.Any(notice => notice.Contains("The card has no memory.", StringComparison.Ordinal)));
        cluster.Start();

        SearchResult result = await search;
        result.Ranked.Should().HaveCount(80);
        result.Ranked.Count(one => one.Scores.Any(score => score.Kind == ScoreKind.Failed)).Should().BeLessThan(20, "the worker stopped after a few");
    }

    [Fact]
    public async Task Search_AllWorkersBroken_EndsWithTheirReason()
    {
        await using var cluster = new Cluster();
        cluster.Start(new FakeEvaluator(answer: _ => throw new InvalidOperationException("The card has no memory.")));

        await FluentActions.Awaiting(() => cluster.SearchAsync(Builder(2000))).Should().ThrowAsync<ClusterException>().WithMessage("*again and again: The card has no memory*");
    }

    [Fact]
    public async Task Search_WorkerWithoutMemory_IsNotTheOnlyOneAsked()
    {
        await using var cluster = new Cluster();
        int asked = 0;
        cluster.Start(new FakeEvaluator(answer: request => Interlocked.Increment(ref asked) % 2 == 1
            ? new EvaluationOutcome([.. request.Proxies.Select(_ => Score.Failed("out of memory", isTransient: true))], 0.001)
            : null));

        SearchResult result = await cluster.SearchAsync(Builder(1).UseRandomSearch());

        result.Ranked.Should().ContainSingle().Which.Scores.Should().OnlyContain(score => score.Kind == ScoreKind.Finite);
    }

    [Fact]
    public async Task Search_RefusedAndStartedAgainWithOtherSettings_IsServed()
    {
        await using var cluster = new Cluster();
        cluster.Start(new FakeEvaluator(answer: request => new EvaluationOutcome([.. request.Proxies.Select(_ => Score.Of(1))], 0) { Numerics = "other" }), numerics: "other");
        IClusterTransport Deaf() => new FaultyTransport(cluster.Broker.CreateTransport()) { OnSend = (_, message) => message.Kind == "search-over" ? null : message };
        await FluentActions.Awaiting(() => Builder(20).UseCluster(_ => Deaf(), Cluster.Quick).Build().RunAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<ClusterException>();

        (await cluster.SearchAsync(Builder(20).AcceptOtherNumerics())).Ranked.Should().HaveCount(20);
    }

    [Fact]
    public async Task Search_ReplyQueueRemoved_IsMadeAgain()
    {
        await using var cluster = new Cluster();
        var names = new ConcurrentDictionary<string, bool>();
        Task<SearchResult> search = Builder(300).UseCluster(_ => new FaultyTransport(cluster.Broker.CreateTransport())
        {
            OnSend = (queue, message) =>
            {
                names.TryAdd(queue, true);
                return message;
            },
        }, Cluster.Quick).Build().RunAsync(TestContext.Current.CancellationToken);
        await Cluster.UntilAsync(() => names.Keys.Any(name => name.StartsWith("work.", StringComparison.Ordinal)));
        cluster.Start(new FakeEvaluator(TimeSpan.FromMilliseconds(5)));
        await using IClusterTransport stranger = cluster.Broker.CreateTransport();
        string work = names.Keys.Single(name => name.StartsWith("work.", StringComparison.Ordinal));
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await stranger.DeleteQueueAsync(work.Replace("work.", "replies.", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Found(await search).Should().Equal(Found(await AloneAsync(300)));
    }

    [Fact]
    public async Task Search_WorkerOfAnotherVersion_IsRefused()
    {
        await using var cluster = new Cluster();
        cluster.Start();

        await FluentActions.Awaiting(() => Builder().UseCluster(_ => new FaultyTransport(cluster.Broker.CreateTransport())
        {
            OnSend = (_, message) => message.Kind != "announcement" ? message : message with
            {
                Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message.Body.Span).Replace("{\"protocol\":1,\"version\":\"", "{\"protocol\":99,\"version\":\"next-", StringComparison.Ordinal)),
            },
        }, Cluster.Quick).Build().RunAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<ClusterException>().WithMessage("*next-*install one version*");
    }

    [Fact]
    public async Task Search_Traced_UnitsAreInTheSearchsTrace()
    {
        using var root = new Activity("test").Start();
        var units = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RankNasDiagnostics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.OperationName == "ranknas.unit" && activity.TraceId == root.TraceId)
                {
                    units.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var cluster = new Cluster();
        cluster.Start();

        await cluster.SearchAsync(Builder(20));

        // The last unit ends after its reply, which may end the search.
        await Cluster.UntilAsync(() => units.Sum(unit => (int)unit.GetTagItem("ranknas.architectures")!) == 20);
    }

    [Fact]
    public async Task Search_SeveralStepsAtOnce_DependsOnNoWorkersPace()
    {
        await using var cluster = new Cluster();
        int most = 0, now = 0;
        var random = new Random(1);
        FakeEvaluator Uneven() => new(answer: _ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            int pause;
            lock (random)
            {
                pause = random.Next(1, 20);
            }

            Thread.Sleep(pause);
            Interlocked.Decrement(ref now);
            return null;
        });
        NasBuilder Steps() => Builder(150).UseAgingEvolution(new AgingEvolutionOptions { PopulationSize = 10, TournamentsPerStep = 1, StepsAtOnce = 6 });
        cluster.Start(Uneven());
        cluster.Start(Uneven());

        SearchResult first = await cluster.SearchAsync(Steps(), Cluster.Quick with { UnitTime = TimeSpan.FromMilliseconds(1) });

        Found(first).Should().Equal(Found(await Steps().UseEvaluator(() => new FakeEvaluator()).Build().RunAsync(TestContext.Current.CancellationToken)));
        first.Evaluations.Should().Be(150);
        most.Should().BeGreaterThan(3, "a step has three children, and six steps are under way");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int before;
        while ((before = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, before) != before)
        {
        }
    }

    private sealed class Once(int evaluations, Action act) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value)
        {
            if (value.Evaluations == evaluations)
            {
                act();
            }
        }
    }
}
