using RankNas.Core.Tests.Support;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Ranking;

namespace RankNas.Core.Tests.Results;

/// <summary>Objectives on the builder, and the front of a result.</summary>
public class ParetoFrontTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ParetoFront_IsWhatNothingScoredBeatsInEveryObjective()
    {
        SearchResult result = await RunAsync(Objectives.Parameters, Objectives.Macs, Objectives.ActivationMemory);

        result.Objectives.Should().Equal(new ObjectiveDescriptor("params"), new ObjectiveDescriptor("macs"), new ObjectiveDescriptor("memory"));
        double[] PointOf(ScoredArchitecture scored) => [scored.Total, .. scored.Objectives];
        result.ParetoFront.Should().BeEquivalentTo(result.History.Where(one => !result.History.Any(other =>
            PointOf(other).Zip(PointOf(one)).All(pair => pair.First <= pair.Second) && PointOf(other).Zip(PointOf(one)).Any(pair => pair.First < pair.Second))));
        result.ParetoFront.Should().BeInAscendingOrder(scored => scored.Total).And.Contain(result.KneePoint).And.HaveCountLessThan(27);
        foreach (ScoredArchitecture scored in result.History)
        {
            var graph = result.SearchSpace.Describe(scored.Architecture, result.Images.Shape);
            scored.Objectives.Should().Equal(graph.Costs.Parameters, graph.Costs.Macs, 4 * graph.Costs.PeakActivations);
        }
    }

    [Fact]
    public async Task AnObjectiveWhoseHighValuesAreBetter_IsTurnedRound()
    {
        SearchResult low = await RunAsync(Objectives.Of("cost", candidate => -candidate.Cost.Parameters));
        SearchResult high = await RunAsync(Objectives.Of("worth", candidate => candidate.Cost.Parameters, ScoreDirection.HigherIsBetter));
        high.ParetoFront.Select(scored => scored.Architecture).Should().Equal(low.ParetoFront.Select(scored => scored.Architecture));
        double most = high.History.Max(scored => scored.Objectives[0]);
        high.Hypervolume(100, 0).Should().Be(low.Hypervolume(100, 0)).And.BeInRange(1, 100 * most);
        high.KneePoint.Architecture.Should().Be(low.KneePoint.Architecture);
    }

    [Fact]
    public async Task Hypervolume_WantsAValueForEachObjective()
    {
        SearchResult result = await RunAsync(Objectives.Parameters);
        FluentActions.Invoking(() => result.Hypervolume(1)).Should().Throw<ArgumentException>()
            .WithMessage("The reference has 1 values where there are 2 objectives: rank, params.*");
        double expected = 0, height = 0;
        foreach (ScoredArchitecture scored in result.ParetoFront.OrderBy(scored => scored.Total))
        {
            expected += (60 - scored.Total) * Math.Max(0, 1000 - scored.Objectives[0] - height);
            height = Math.Max(height, 1000 - scored.Objectives[0]);
        }

        result.Hypervolume(60, 1000).Should().BeApproximately(expected, 1e-9 * expected);
    }

    [Fact]
    public async Task WithoutObjectives_TheFrontIsTheBest()
    {
        SearchResult result = await RunAsync();
        result.ParetoFront.Should().OnlyContain(scored => scored.Total == result.Best.Total);
        result.KneePoint.Total.Should().Be(result.Best.Total);
        result.Hypervolume(result.Best.Total + 2).Should().Be(2);
    }

    [Fact]
    public async Task Json_KeepsObjectives_AndTheFrontWithThem()
    {
        SearchResult result = await RunAsync(Objectives.Parameters, Objectives.Of("worth", candidate => candidate.Cost.Macs, ScoreDirection.HigherIsBetter));
        SearchResult read = SearchResult.FromJson(result.ToJson());
        read.Should().Be(result);
        read.ParetoFront.Should().Equal(result.ParetoFront);
        result.Settings.Where(setting => setting.Name == "objective").Select(setting => setting.Value).Should().Equal("params", "worth");
        FluentActions.Invoking(() => (result with { Objectives = [] }).ToJson()).Should().Throw<InvalidOperationException>().WithMessage("*values where there are 0 objectives*");
    }

    [Fact]
    public async Task AResultOfNothing_HasNoFront()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        SearchResult result = await Search(Objectives.Parameters).Build().RunAsync(cancelled.Token);
        result.ParetoFront.Should().BeEmpty();
        result.Hypervolume(1, 1).Should().Be(0);
        FluentActions.Invoking(() => result.KneePoint).Should().Throw<InvalidOperationException>().WithMessage("Nothing was scored*");
    }

    [Fact]
    public async Task AnObjectiveThatFails_EndsTheSearch_AndIsNamed()
    {
        await FluentActions.Awaiting(() => RunAsync(Objectives.Of("price", _ => throw new KeyNotFoundException("No such price.")))).Should()
            .ThrowAsync<SearchComponentException>().WithMessage("The objective 'price' failed on 0-0-0: No such price.");
        await FluentActions.Awaiting(() => RunAsync(Objectives.Of("price", _ => double.NaN))).Should()
            .ThrowAsync<SearchComponentException>().WithMessage("The objective 'price' gave NaN for 0-0-0: a value is a finite number.");
    }

    [Fact]
    public void Objectives_HaveNamesOfTheirOwn()
    {
        FluentActions.Invoking(() => Search(Objectives.Macs, Objectives.Macs).Build()).Should().Throw<InvalidOperationException>()
            .WithMessage("The objective 'macs' was added twice: each may be added once.");
        FluentActions.Invoking(() => Search(Objectives.Of("rank", _ => 0)).Build()).Should().Throw<InvalidOperationException>()
            .WithMessage("An objective is called 'rank', which is what the first of every search is called: give it another name.");
        FluentActions.Invoking(() => Objectives.Of(" ", _ => 0)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Search((IArchitectureObjective)null!)).Should().Throw<ArgumentNullException>();
    }

    private static Task<SearchResult> RunAsync(params IArchitectureObjective[] objectives) => Search(objectives).Build().RunAsync(Token);

    // Scores that rise with the parameters, but not only.
    private static NasBuilder Search(params IArchitectureObjective[] objectives) =>
        objectives.Aggregate(Searches.Tiny().AddProxy(new InputSum()).AddProxy(FunctionProxy.Parameters()), (builder, objective) => builder.AddObjective(objective));
}
