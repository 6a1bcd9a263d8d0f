using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RankNas.Core.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.Scoring;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas.Core.Tests.Search;

/// <summary>What a part of a search does wrong is one error that names it, or a notice.</summary>
public class ContractTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStrategyWhoseSetIsNotWhatWasScored_IsNamed()
    {
        Architecture unscored = new TinySpace().FromIndex(26);
        foreach ((Func<ISearchContext, CancellationToken, Task<IReadOnlyList<ScoredArchitecture>>?> search, string message) in
            ((Func<ISearchContext, CancellationToken, Task<IReadOnlyList<ScoredArchitecture>>?>, string)[])
        [
            ((_, _) => null, "The strategy 'scripted' broke its contract: SearchAsync returned null instead of a task."),
            ((_, _) => Task.FromResult<IReadOnlyList<ScoredArchitecture>>(null!), "The strategy 'scripted' broke its contract: its set is null."),
            (async (context, token) => [(await context.EvaluateAsync([context.Space.FromIndex(0)], token))[0], null!],
                "The strategy 'scripted' broke its contract: its set holds null."),
            (async (context, token) => [(await context.EvaluateAsync([context.Space.FromIndex(0)], token))[0], new ScoredArchitecture(unscored, [Score.Of(1)])],
                "The strategy 'scripted' broke its contract: its set holds 2-2-2, which this search has not scored."),
            ((_, _) => Task.FromResult<IReadOnlyList<ScoredArchitecture>>([]),
                "The strategy 'scripted' ended without asking for the score of any architecture."),
            ((_, _) => throw new OperationCanceledException("Enough."), "The strategy 'scripted' cancelled itself: Enough."),
        ])
        {
            await ShouldFailAsync<SearchComponentException>(Searches.Tiny().UseStrategy(new FunctionStrategy(search)), message);
        }
    }

    [Fact]
    public async Task AStrategyThatAsksForNull_IsTold() => await ShouldFailAsync<ArgumentException>(
        Searches.Tiny().UseStrategy(new FunctionStrategy(async (context, token) => await context.EvaluateAsync([null!], token))),
        "The strategy asked for the score of null.");

    [Fact]
    public async Task AStrategyWithAnEmptySet_HasEverythingScoredForItsSet()
    {
        SearchResult result = await RunAsync(Searches.Tiny().UseStrategy(new FunctionStrategy(async (context, token) =>
        {
            await context.EvaluateAsync([context.Space.FromIndex(0), context.Space.FromIndex(1)], token);
            return [];
        })));
        result.Ranked.Should().HaveCount(2);
    }

    [Fact]
    public async Task AStrategyThatMakesUpScores_HasThoseOfTheSearch()
    {
        SearchResult result = await RunAsync(Searches.Tiny().UseStrategy(new FunctionStrategy(async (context, token) =>
        {
            IReadOnlyList<ScoredArchitecture> scored = await context.EvaluateAsync([context.Space.FromIndex(0)], token);
            return [scored[0] with { Scores = [Score.Of(double.MaxValue)] }];
        })));
        result.Best.Scores[0].Should().Be(result.History[0].Scores[0]);
    }

    [Fact]
    public async Task AStrategyThatGoesOnForEver_IsEnded_WithANotice()
    {
        SearchResult result = await RunAsync(Searches.Tiny().WithBudget(3).UseStrategy(new FunctionStrategy(async (context, token) =>
        {
            while (true)
            {
                await context.EvaluateAsync([context.Space.FromIndex(0), context.Space.FromIndex(1)], token);
            }
        })));
        result.End.Should().Be(SearchEnd.Completed);
        result.Ranked.Should().HaveCount(2);
        result.Notices.Should().ContainSingle(notice => notice.Code == "strategy-idle");
    }

    [Fact]
    public async Task AStrategyThatAsksFromSeveralThreads_GetsEveryScoreOnce()
    {
        SearchResult result = await RunAsync(Searches.Tiny().WithWorkers(2).UseStrategy(new FunctionStrategy(async (context, token) =>
        {
            IReadOnlyList<ScoredArchitecture>[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(part => Task.Run(
                () => context.EvaluateAsync([.. Enumerable.Range(0, 27).Where(index => index % 3 == part % 3).Select(index => context.Space.FromIndex(index))], token),
                token)));
            return [.. all.SelectMany(scored => scored).DistinctBy(scored => scored.Architecture)];
        })));
        result.Evaluations.Should().Be(27);
        result.History.Should().OnlyHaveUniqueItems(evaluated => evaluated.Architecture);
        result.Ranked.Should().HaveCount(27);
    }

    [Fact]
    public async Task ASpaceThatThrowsOrGivesNull_IsNamed()
    {
        var move = new FunctionStrategy(async (context, token) =>
        {
            Architecture drawn = context.Space.Mutate(context.Space.Sample(context.Random), context.Random);
            return await context.EvaluateAsync([drawn], token);
        });
        foreach ((FaultySpace space, string message) in ((FaultySpace, string)[])
        [
            (new() { SampleInstead = () => null }, "The space 'faulty' broke its contract: Sample returned null."),
            (new() { SampleInstead = () => throw new KeyNotFoundException("Lost.\nat x") }, "The space 'faulty' failed in Sample: Lost."),
            (new() { MutateInstead = () => null }, "The space 'faulty' broke its contract: Mutate returned null."),
            (new() { MutateInstead = () => throw new OperationCanceledException("Tired.") }, "The space 'faulty' failed in Mutate: Tired."),
            (new() { CanonicalizeInstead = () => throw new KeyNotFoundException("Lost.") }, "The space 'faulty' failed in Canonicalize: Lost."),
        ])
        {
            await ShouldFailAsync<SearchComponentException>(Searches.Tiny().UseSpace(space).UseStrategy(move).TreatEqualGraphsAsOne(), message);
            await ShouldFailAsync<SearchComponentException>(
                Searches.Tiny().UseSpace(space).UseStrategy(move).TreatEqualGraphsAsOne().AddConstraint(_ => true, "anything"), message);
        }
    }

    [Fact]
    public async Task AConstraintThatThrows_IsNamed() => await ShouldFailAsync<SearchComponentException>(
        Searches.Tiny().AddConstraint(_ => throw new KeyNotFoundException("Lost.\nat x"), "small")
            .UseStrategy(new FunctionStrategy(async (context, token) => await context.EvaluateAsync([context.Space.Sample(context.Random)], token))),
        "The constraint 'small' failed on ?-?-?: Lost.");

    [Fact]
    public async Task AnAggregatorThatGivesNoTotals_IsNamed()
    {
        foreach ((Func<ScoreTable, ImmutableArray<double>> aggregate, string message) in ((Func<ScoreTable, ImmutableArray<double>>, string)[])
        [
            (_ => [], "The aggregator 'scripted' gave 0 totals for 27 architectures."),
            (_ => default, "The aggregator 'scripted' gave 0 totals for 27 architectures."),
            (table => [.. table.Rows.Select(_ => double.NaN)], "The aggregator 'scripted' gave NaN for 0-0-0: a total is a number, the smallest the best."),
            (_ => throw new KeyNotFoundException("Lost."), "The aggregator 'scripted' failed: Lost."),
        ])
        {
            await ShouldFailAsync<SearchComponentException>(Searches.Tiny().UseAggregator(new FunctionAggregator(aggregate)), message);
        }
    }

    [Fact]
    public async Task AnEvaluatorThatDoesNotAnswer_IsNamed()
    {
        foreach ((Func<EvaluationRequest, CancellationToken, Task<EvaluationOutcome>?> evaluate, string message) in
            ((Func<EvaluationRequest, CancellationToken, Task<EvaluationOutcome>?>, string)[])
        [
            ((_, _) => Task.FromResult(new EvaluationOutcome([], 1)), "The evaluator FunctionEvaluator broke its contract: it answered 0 scores for 1 proxies of 0-0-0."),
            ((_, _) => Task.FromResult(new EvaluationOutcome(default, 1)), "The evaluator FunctionEvaluator broke its contract: it answered without scores for 0-0-0."),
            ((_, _) => Task.FromResult<EvaluationOutcome>(null!), "The evaluator FunctionEvaluator broke its contract: it answered null for 0-0-0."),
            ((_, _) => Task.FromResult(new EvaluationOutcome([Score.Of(1)], double.NaN)), "The evaluator FunctionEvaluator broke its contract: it says that 0-0-0 took NaN seconds."),
            ((_, _) => throw new KeyNotFoundException("Lost."), "The evaluator FunctionEvaluator failed on 0-0-0: Lost."),
            ((_, _) => Task.FromCanceled<EvaluationOutcome>(new CancellationToken(true)), "The evaluator FunctionEvaluator failed on 0-0-0: A task was canceled."),
        ])
        {
            await ShouldFailAsync<SearchComponentException>(
                Searches.Tiny().WithBudget(1).UseStrategy(new TakeFirst(1)).UseEvaluator(() => new FunctionEvaluator(evaluate)), message);
        }

        await ShouldFailAsync<SearchComponentException>(
            Searches.Tiny().UseEvaluator(() => null!), "The function that creates the evaluator returned null.");
        await ShouldFailAsync<SearchComponentException>(
            Searches.Tiny().UseEvaluator(() => new FunctionEvaluator((_, _) => null)).WithBudget(1).UseStrategy(new TakeFirst(1)),
            "The evaluator FunctionEvaluator broke its contract: it answered null for 0-0-0.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public async Task AnEvaluatorOfAnyParallelism_IsAskedForEverything(int parallelism)
    {
        FunctionEvaluator constant = FunctionEvaluator.Constant();
        (await RunAsync(Searches.Tiny().UseEvaluator(() => new FunctionEvaluator(constant.EvaluateAsync) { Parallelism = parallelism }))).Evaluations.Should().Be(27);
    }

    [Fact]
    public async Task AStoreThatFailsOrHasOddRows_IsNamed()
    {
        foreach ((FaultyStore store, string message) in ((FaultyStore, string)[])
        [
            (new() { FindInstead = _ => null }, "The score store FaultyStore broke its contract: FindAsync returned null."),
            (new() { FindInstead = scope => Row(scope, _ => null!) }, "The score store FaultyStore broke its contract: it has null for params of 0-0-0."),
            (new() { FindInstead = scope => Row(scope, key => new StoredScore(key with { Architecture = "1-1-1" }, Score.Of(1), 1)) },
                "The score store FaultyStore broke its contract: for params of 0-0-0 it has the score of params of 1-1-1."),
            (new() { OnFind = _ => throw new KeyNotFoundException("Lost.") }, "The score store FaultyStore failed to find scores: Lost."),
            (new() { OnAdd = _ => throw new KeyNotFoundException("Lost.") }, "The score store FaultyStore failed to keep scores: Lost."),
        ])
        {
            await ShouldFailAsync<SearchComponentException>(Searches.Tiny().UseScoreStore(store), message);
        }

        static Dictionary<ScoreKey, StoredScore> Row(ScoreScope scope, Func<ScoreKey, StoredScore> make)
        {
            var key = new ScoreKey(scope, "0-0-0", "params", "");
            return new() { [key] = make(key) };
        }
    }

    [Fact]
    public async Task AStoreThatExplainsItself_IsPassedOn() => await ShouldFailAsync<ScoreStoreException>(
        Searches.Tiny().UseScoreStore(new FaultyStore { OnAdd = _ => throw new ScoreStoreException("The disk is full.") }), "The disk is full.");

    [Fact]
    public async Task AHandlerOfProgressThatThrows_IsCalledOnce_AndTheResultHasANotice()
    {
        int calls = 0;
        SearchResult result = await RunAsync(Searches.Tiny().UseProgress(new Handler(_ =>
        {
            calls++;
            throw new InvalidOperationException("No terminal.");
        })));
        result.Evaluations.Should().Be(27);
        calls.Should().Be(1);
        result.Notices.Should().ContainSingle().Which.Message.Should().Be("The handler of progress failed and was not called again: No terminal.");
    }

    [Fact]
    public async Task AHandlerOfProgressThatAsksTheSearch_IsTold_AndNothingHangs()
    {
        ISearchContext? own = null;
        SearchResult result = await RunAsync(Searches.Tiny()
            .UseStrategy(new FunctionStrategy((context, token) =>
            {
                own = context;
                return new TakeFirst().SearchAsync(context, token);
            }))
            .UseProgress(new Handler(_ => own!.EvaluateAsync([own.Space.FromIndex(26)], Token).GetAwaiter().GetResult())));
        result.Evaluations.Should().Be(27);
        result.Notices.Should().ContainSingle().Which.Message.Should().Contain("A handler of progress asked for scores");
    }

    [Fact]
    public async Task AHandlerOfProgressThatRunsAnotherSearch_MayDoSo()
    {
        NasExperiment other = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithBudget(2).Build();
        int scored = 0;
        await RunAsync(Searches.Tiny().WithBudget(2).UseProgress(new Handler(_ => scored += other.RunAsync(Token).GetAwaiter().GetResult().Evaluations)));
        scored.Should().Be(4);
    }

    [Fact]
    public async Task ALoggerThatThrows_DoesNotEndTheSearch_AndTheResultHasANotice()
    {
        using var loggers = new ThrowingLoggers();
        SearchResult result = await RunAsync(Searches.Tiny().UseLoggerFactory(loggers));
        result.Evaluations.Should().Be(27);
        result.Notices.Should().ContainSingle(notice => notice.Code == "log-failed").Which.Message.Should().EndWith("No log today.");
    }

    private static Task<SearchResult> RunAsync(NasBuilder builder) => builder.AddProxy(FunctionProxy.Parameters()).Build().RunAsync(Token);

    private static async Task ShouldFailAsync<TException>(NasBuilder builder, string message)
        where TException : Exception =>
        (await FluentActions.Awaiting(() => RunAsync(builder)).Should().ThrowAsync<TException>()).WithMessage(message);

    private sealed class Handler(Action<SearchProgress> report) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => report(value);
    }

    private sealed class FunctionAggregator(Func<ScoreTable, ImmutableArray<double>> aggregate) : IRankAggregator
    {
        public string Id => "scripted";

        public ImmutableArray<double> Aggregate(ScoreTable table) => aggregate(table);
    }

    private sealed class ThrowingLoggers : ILoggerFactory, ILogger
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("No log today.");

        public void Dispose()
        {
        }
    }
}
