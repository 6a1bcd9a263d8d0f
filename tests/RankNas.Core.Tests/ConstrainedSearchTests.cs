using RankNas.Constraints;
using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Latency;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies;
using RankNas.Torch;

namespace RankNas.Core.Tests;

public class ConstrainedSearchTests
{
    [Fact]
    public async Task ASearch_ScoresOnlyWhatItsConstraintsAdmit_AndSaysWhatTheyAsk()
    {
        SearchResult result = await Searches.Tiny().UseStrategy(new SampleAndMove()).AddProxy(FunctionProxy.Parameters())
            .AddMaxParameters(150)
            .AddConstraint(candidate => candidate.Architecture.Genes[1] > 0, "a kernel above 1")
            .WithBudget(30).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Constraints.Should().Equal("at most 150 parameters", "a kernel above 1");
        result.History.Should().HaveCountGreaterThan(1)
            .And.OnlyContain(evaluated => evaluated.Scores[0].Value <= 150 && evaluated.Architecture.Genes[1] > 0);
    }

    [Fact]
    public async Task WithMaxMacs_CountsThemForTheImagesOfTheSearch()
    {
        var space = new TinySpace();
        long macs = space.CostOf(space.Parse("0-1-1"), new NetworkShape { Height = 8, Width = 8 }).Macs;
        SearchResult result = await Searches.Tiny().UseStrategy(new SampleAndMove()).AddProxy(FunctionProxy.Parameters())
            .AddMaxMacs(macs).Build().RunAsync(TestContext.Current.CancellationToken);
        result.Ranked.Select(candidate => candidate.Architecture.Text).Should().Contain("0-1-1");
        result.Ranked.Should().OnlyContain(candidate => result.CostOf(candidate).Macs <= macs);
    }

    [Fact]
    public async Task WithMaxLatency_AdmitsWhatIsFastEnough()
    {
        SearchResult result = await Searches.Tiny().UseStrategy(new SampleAndMove()).AddProxy(FunctionProxy.Parameters())
            .AddMaxLatency(TimeSpan.FromMinutes(1), new TorchLatency(new LatencyMeter { Passes = 1 })).WithBudget(3)
            .Build().RunAsync(TestContext.Current.CancellationToken);
        result.Evaluations.Should().Be(3);
    }

    [Fact]
    public async Task Searches_WithDifferentConstraints_ShareTheirScores()
    {
        await using var store = new InMemoryScoreStore();
        FunctionProxy proxy = FunctionProxy.Parameters();
        await Run(builder => builder);
        int calls = proxy.Calls;
        SearchResult constrained = await Run(builder => builder.AddMaxParameters(200));
        proxy.Calls.Should().Be(calls);
        constrained.Evaluations.Should().BePositive();

        Task<SearchResult> Run(Func<NasBuilder, NasBuilder> constrain) =>
            constrain(Searches.Tiny().UseStrategy(new WholeSpace()).AddProxy(proxy).UseScoreStore(store)).Build().RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WhereNothingIsAdmitted_TheSearchSaysSo_WhateverTheStrategy()
    {
        foreach (ISearchStrategy strategy in (ISearchStrategy[])[new SampleAndMove(), new WholeSpace()])
        {
            NasExperiment experiment = Searches.Tiny().UseStrategy(strategy).AddProxy(FunctionProxy.Parameters()).AddMaxParameters(1).Build();
            await FluentActions.Awaiting(() => experiment.RunAsync(TestContext.Current.CancellationToken)).Should()
                .ThrowAsync<NoAdmissibleArchitectureException>()
                .WithMessage("Nothing in tiny was found that has at most 1 parameters: loosen the constraints.");
        }
    }

    // Whoever draws or exports a candidate asks what kind of space it is of.
    [Fact]
    public async Task ACandidate_IsOfTheSpaceItself_NotOfTheViewUnderConstraints()
    {
        var space = new TinySpace();
        SearchResult result = await Searches.Tiny().UseSpace(space).UseStrategy(new SampleAndMove()).AddProxy(FunctionProxy.Parameters())
            .AddMaxParameters(150).WithBudget(3).Build().RunAsync(TestContext.Current.CancellationToken);
        result.SearchSpace.Should().BeSameAs(space);
    }

    [Fact]
    public async Task WithoutConstraints_TheResultNamesNone()
    {
        SearchResult result = await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithBudget(1).Build().RunAsync(TestContext.Current.CancellationToken);
        result.Constraints.Should().BeEmpty();
    }

    [Fact]
    public void AddConstraint_WithoutAFunctionOrADescription_Throws()
    {
        FluentActions.Invoking(() => NasBuilder.Create().AddConstraint(null!, "x")).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => NasBuilder.Create().AddConstraint(_ => true, " ")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => NasBuilder.Create().AddConstraint(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public async Task ASpaceTooLargeForAnIndex_IsSearchedUnderConstraints()
    {
        List<SearchProgress> reports = [];
        SearchResult result = await NasBuilder.Create().UseSpace(new LongSpace()).WithBatchSize(2).AddProxy(new ScriptedProxy("a"))
            .UseEvaluator(() => new ScriptedEvaluator((text, _) => Score.Of(text[0]))).UseStrategy(new SampleAndMove())
            .AddConstraint(candidate => candidate.Architecture.Genes[0] > 4, "a first gene above 4").TreatEqualGraphsAsOne()
            .UseProgress(new Reports(reports)).WithBudget(20).Build().RunAsync(TestContext.Current.CancellationToken);

        result.End.Should().Be(SearchEnd.BudgetUsed);
        result.Ranked.Should().HaveCount(20).And.OnlyContain(scored => scored.Architecture.Genes[0] > 4);
        reports.Should().HaveCount(20);
        SearchResult.FromJson(result.ToJson()).Should().Be(result);
    }

    private sealed class LongSpace() : GenomeSearchSpace("long", [.. Enumerable.Repeat(10, 80)])
    {
        public override Architecture Parse(string text) => Create([.. text.Select(letter => letter - '0')]);

        protected override string Format(ReadOnlySpan<int> genes) => string.Concat(genes.ToArray());
    }

    private sealed class Reports(List<SearchProgress> reports) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => reports.Add(value);
    }

    private sealed class SampleAndMove : ISearchStrategy
    {
        public string Id => "sample-and-move";

        public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
        {
            List<ScoredArchitecture> scored = [];
            for (int round = 0; round < 20 && !context.IsOver; round++)
            {
                Architecture first = context.Space.Sample(context.Random);
                Architecture second = context.Space.Mutate(first, context.Random);
                (Architecture child, _) = context.Space.Crossover(first, second, context.Random);
                scored.AddRange(await context.EvaluateAsync([first, second, child, context.Space.Neighbor(first, context.Random)], cancellationToken));
            }

            return [.. scored.DistinctBy(candidate => candidate.Architecture)];
        }
    }

    private sealed class WholeSpace : ISearchStrategy
    {
        public string Id => "whole-space";

        public Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default) =>
            context.EvaluateAsync(
                [.. Enumerable.Range(0, (int)context.Space.Count).Select(index => context.Space.FromIndex(index)).Where(context.Space.IsViable)], cancellationToken);
    }
}
