using RankNas.Pareto;
using RankNas.Plotting.Charts;
using RankNas.Plotting.Tests.Support;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Plotting.Tests.Charts;

public class ChartExtensionsTests
{
    [Fact]
    public async Task PlotProgress_ByProxy_GoesUpWhereHigherIsBetter_AndDownWhereLowerIs()
    {
        double[] scores = [3, 1, 5, 5, 4, 9];
        SearchResult result = await ExampleResults.Topology(6, (place, _) => Score.Of(scores[place]), "high", "low");
        StepsOf(result.PlotProgress("high")).Should().Equal(new ChartPoint(1, 3), new ChartPoint(3, 5), new ChartPoint(6, 9));
        StepsOf(result.PlotProgress("low")).Should().Equal(new ChartPoint(1, 3), new ChartPoint(2, 1), new ChartPoint(6, 1));
    }

    [Fact]
    public async Task PlotProgress_RanksAmongAllThatWereScored()
    {
        double[] scores = [3, 1, 5, 4];
        SearchResult result = await ExampleResults.Topology(4, (place, _) => Score.Of(scores[place]), "a");
        PointsOf(result.PlotProgress()).Select(point => point.Y).Should().Equal(3, 4, 1, 2);
        StepsOf(result.PlotProgress()).Should().Equal(new ChartPoint(1, 3), new ChartPoint(3, 1), new ChartPoint(4, 1));
    }

    [Fact]
    public async Task EveryPlot_ScoresThatAreNotFinite_AreLeftOut()
    {
        SearchResult result = await ExampleResults.Topology(5, (place, proxy) => place switch
        {
            0 => Score.Failed("It would not."),
            1 => Score.Of(double.NegativeInfinity),
            _ => Score.Of(place),
        }, "a", "low");
        PointsOf(result.PlotProgress("a")).Select(point => point.X).Should().Equal(3, 4, 5);
        PointsOf(result.PlotProxies("a", "low")).Should().HaveCount(3);
        result.PlotScores("a").Plan.Note.Should().StartWith("2 of 5 ");
        foreach (Chart chart in AllOf(result))
        {
            Pictures.Read(chart.ToSvg());
        }
    }

    [Fact]
    public async Task EveryPlot_OneCandidate_IsDrawn()
    {
        SearchResult result = await ExampleResults.Topology(1, (_, _) => Score.Of(4), "a", "low");
        foreach (Chart chart in AllOf(result))
        {
            Pictures.Read(chart.ToSvg());
            Pictures.SizeOf(chart.ToPng()).Should().Be((800, 500));
        }
    }

    [Fact]
    public async Task EveryPlot_NothingScored_SaysSo()
    {
        SearchResult result = await ExampleResults.Empty();
        foreach (Func<SearchResult, Chart> plot in (Func<SearchResult, Chart>[])
            [own => own.PlotProgress(), own => own.PlotProgress("a"), own => own.PlotScores("a"), own => own.PlotProxies("a", "a"), own => own.PlotAccuracy(_ => 1), own => own.PlotParameters()])
        {
            plot(result).Plan.Nothing.Should().Be("Nothing to plot: nothing was scored before the search was cancelled.");
            Pictures.SizeOf(plot(result).ToPng()).Should().Be((800, 500));
        }
    }

    [Fact]
    public async Task PlotScores_UnknownProxy_NamesThoseThereAre()
    {
        SearchResult result = await ExampleResults.Topology(1, (_, _) => Score.Of(4), "a", "low");
        FluentActions.Invoking(() => result.PlotScores("naswot")).Should().Throw<ArgumentException>().WithMessage("*no proxy 'naswot': it had a, low.*");
    }

    [Fact]
    public async Task PlotAccuracy_ShowsWhatIsKnown_BestFirst()
    {
        SearchResult result = await ExampleResults.Topology(4, (place, _) => Score.Of(place), "a");
        Chart chart = result.PlotAccuracy(architecture => architecture.Equals(result.Best.Architecture) ? null : 50 + result.History.ToList().FindIndex(evaluated => evaluated.Architecture.Equals(architecture)));
        PointsOf(chart).Should().Equal(new ChartPoint(2, 52), new ChartPoint(3, 51), new ChartPoint(4, 50));
        chart.Plan.Note.Should().Be("τ 1.000, ρ 1.000 over 3 architectures; 1 of 4 has no finite value here and is left out");
        chart.Plan.Layers.OfType<ChartLayer.Winner>().Should().BeEmpty("the best one's accuracy is not known");
    }

    [Fact]
    public async Task PlotAccuracy_NothingKnown_SaysSo()
    {
        SearchResult result = await ExampleResults.Topology(2, (place, _) => Score.Of(place), "a");
        foreach (Func<Architecture, double?> accuracyOf in (Func<Architecture, double?>[])[_ => null, _ => double.NaN, _ => double.PositiveInfinity])
        {
            result.PlotAccuracy(accuracyOf, "cifar10").Plan.Nothing.Should().Be("Nothing to plot: no architecture has a finite value of cifar10.");
        }
    }

    [Fact]
    public async Task PlotAccuracy_MostLearn_ShowsTheLeaders_AndSaysSo()
    {
        SearchResult result = await ExampleResults.Topology(40, (place, _) => Score.Of(place), "a");
        Dictionary<Architecture, int> places = result.History.Select((evaluated, place) => (evaluated.Architecture, place)).ToDictionary();
        Chart chart = result.PlotAccuracy(architecture => places[architecture] < 8 ? 10 : 86 + 0.25 * places[architecture]);

        double[] shown = [.. PointsOf(chart).Select(point => point.Y)];
        shown.Min().Should().Be(86 + 0.25 * 8);
        shown.Max().Should().Be(86 + 0.25 * 39);
        chart.Plan.Note.Should().Contain("the axis shows the leaders: 8 below 88 are not shown").And.Contain("over 40 architectures");
    }

    [Fact]
    public async Task PlotAccuracy_TheWinnerIsPoor_StillShowsIt()
    {
        SearchResult result = await ExampleResults.Topology(20, (place, _) => Score.Of(place), "a");
        Chart chart = result.PlotAccuracy(architecture => architecture.Equals(result.Best.Architecture) ? 10 : 90);
        chart.Plan.Layers.OfType<ChartLayer.Winner>().Single().Mark.Should().Be(new ChartPoint(1, 10));
        Pictures.Read(chart.ToSvg());
    }

    [Fact]
    public async Task PlotAccuracy_AllScoresOrAccuraciesEqual_HasNoCorrelation()
    {
        SearchResult equal = await ExampleResults.Topology(5, (_, _) => Score.Of(1), "a");
        equal.PlotAccuracy(architecture => architecture.Text.Length).Plan.Note.Should().BeNull();
        SearchResult different = await ExampleResults.Topology(5, (place, _) => Score.Of(place), "a");
        different.PlotAccuracy(_ => 90).Plan.Note.Should().BeNull();
    }

    [Fact]
    public async Task EveryScatterPlot_MarksTheWinner_AndSaysWhichEndIsBetter()
    {
        double[] scores = [3, 9, 5, 4];
        SearchResult result = await ExampleResults.Topology(4, (place, proxy) => Score.Of(proxy == "low" ? -scores[place] : scores[place]), "a", "low");
        WinnerOf(result.PlotProgress()).Should().Be(new ChartPoint(2, 2));
        WinnerOf(result.PlotProgress("a")).Should().Be(new ChartPoint(2, 9));
        WinnerOf(result.PlotProgress("low")).Should().Be(new ChartPoint(2, -9));
        WinnerOf(result.PlotProxies("a", "low")).Should().Be(new ChartPoint(9, -9));
        WinnerOf(result.PlotParameters()).Should().Be(new ChartPoint(1, result.CostOf(result.Best).Parameters));
        WinnerOf(result.PlotAccuracy(_ => 90)).Should().Be(new ChartPoint(1, 90));

        Pictures.Texts(Pictures.Read(result.PlotProxies("a", "low").ToSvg())).Should().Contain(["a (higher is better)", "low (lower is better)", "winner"]);
        Pictures.Texts(Pictures.Read(result.PlotScores("low").ToSvg())).Should().Contain("low (lower is better)");
        Pictures.Texts(Pictures.Read(result.PlotAccuracy(_ => 90).ToSvg())).Should().Contain(["rank (lower is better)", "accuracy (%) (higher is better)"]);
        Pictures.Texts(Pictures.Read(result.PlotParameters().ToSvg())).Should().Contain(["rank (lower is better)", "parameters"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EveryPlot_TinyResultsInSmallSizes_IsDrawn(int architectures)
    {
        foreach (Func<int, Score> scoreOf in (Func<int, Score>[])
            [place => Score.Of(place), _ => Score.Of(1), _ => Score.Of(double.NegativeInfinity), _ => Score.Failed("It would not."), place => place == 0 ? Score.Of(2) : Score.Failed("No.")])
        {
            SearchResult result = await ExampleResults.Topology(architectures, (place, _) => scoreOf(place), "a", "low");
            foreach (Chart chart in AllOf(result))
            {
                foreach ((int width, int height) in new[] { (200, 200), (320, 240), (400, 250) })
                {
                    Pictures.Read(chart.WithSize(width, height).ToSvg()).ToString().Should().NotContain("NaN");
                    Pictures.SizeOf(chart.WithSize(width, height).ToPng()).Should().Be((width, height));
                }
            }
        }
    }

    [Fact]
    public async Task PlotParameters_HasTheFront()
    {
        SearchResult result = await ExampleResults.Topology(30, (place, _) => Score.Of(place), "a");
        ChartPoint[] all = PointsOf(result.PlotParameters());
        all.Select(point => point.X).Should().Equal(Enumerable.Range(1, 30).Select(rank => (double)rank));
        all[0].Y.Should().Be(result.CostOf(result.Best).Parameters);
        StepsOf(result.PlotParameters()).Should().Equal(ParetoFront.Of(all));
    }

    [Fact]
    public async Task PlotParetoFront_JoinsTheFront_AndMarksKneeAndWinner()
    {
        // Totals are 1 for the best score to 4; the second best of them costs more than the best does.
        SearchResult result = await ExampleResults.WithObjectives([4, 3, 2, 1], Costs(40, 50, 11, 10));
        Chart chart = result.PlotParetoFront();
        PointsOf(chart).Should().Equal(new ChartPoint(1, 40), new ChartPoint(2, 50), new ChartPoint(3, 11), new ChartPoint(4, 10));
        StepsOf(chart).Should().Equal(new ChartPoint(1, 40), new ChartPoint(3, 11), new ChartPoint(4, 10));
        chart.Plan.Layers.OfType<ChartLayer.Points>().Single(layer => layer.Label == "knee").Marks.Should().Equal(new ChartPoint(3, 11));
        WinnerOf(chart).Should().Be(new ChartPoint(1, 40));
        Pictures.Texts(Pictures.Read(chart.ToSvg())).Should().Contain(["rank sum (lower is better)", "cost (lower is better)", "Pareto front", "knee", "winner"]);
    }

    [Fact]
    public async Task PlotParetoFront_SeveralObjectives_ShowsTheFrontOfAll_WithoutALine()
    {
        SearchResult result = await ExampleResults.WithObjectives([3, 2, 1], Costs(1, 2, 3), Costs("worth", ScoreDirection.HigherIsBetter, 1, 1, 5));
        Chart chart = result.PlotParetoFront("cost");
        chart.Plan.Layers.OfType<ChartLayer.Steps>().Should().BeEmpty();
        chart.Plan.Layers.OfType<ChartLayer.Points>().Single(layer => layer.Label == "Pareto front").Marks.Should().Equal(new ChartPoint(1, 1), new ChartPoint(3, 3));
        result.PlotParetoFront("worth").Plan.Y.Better.Should().Be(ScoreDirection.HigherIsBetter);
        FluentActions.Invoking(() => result.PlotParetoFront("params")).Should().Throw<ArgumentException>().WithMessage("*no objective 'params': it had cost, worth.*");
    }

    [Fact]
    public async Task PlotParetoFront_NoObjective_SaysWhatToAdd()
    {
        SearchResult result = await ExampleResults.WithObjectives([1, 2]);
        FluentActions.Invoking(() => result.PlotParetoFront()).Should().Throw<ArgumentException>().WithMessage("*no objective beside the rank: add one, such as AddObjective(Objectives.Parameters).*");
    }

    private static IArchitectureObjective Costs(params double[] ofFirst) => Costs("cost", ScoreDirection.LowerIsBetter, ofFirst);

    private static IArchitectureObjective Costs(string id, ScoreDirection direction, params double[] ofFirst)
    {
        var space = new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true });
        Dictionary<Architecture, double> costs = ofFirst.Select((cost, place) => (Architecture: (Architecture)space.FromIndex(place), cost)).ToDictionary(pair => pair.Architecture, pair => pair.cost);
        return Objectives.Of(id, candidate => costs[candidate.Architecture], direction);
    }

    private static IEnumerable<Chart> AllOf(SearchResult result) =>
        [result.PlotProgress(), result.PlotProgress("a"), result.PlotScores("a"), result.PlotProxies("a", "low"), result.PlotAccuracy(_ => 90), result.PlotParameters()];

    private static ChartPoint[] PointsOf(Chart chart) => [.. chart.Plan.Layers.OfType<ChartLayer.Points>().First().Marks];

    private static ChartPoint WinnerOf(Chart chart) => chart.Plan.Layers.OfType<ChartLayer.Winner>().Single().Mark;

    private static ChartPoint[] StepsOf(Chart chart) => [.. chart.Plan.Layers.OfType<ChartLayer.Steps>().Single().Marks];
}
