namespace RankNas.Tests;

public class SearchResultChartsTests
{
    [Fact]
    public async Task PlotProgress_ByProxy_GoesUpWhereHigherIsBetter_AndDownWhereLowerIs()
    {
        double[] scores = [3, 1, 5, 5, 4, 9];
        SearchResult result = await Results.Topology(6, (place, _) => Score.Of(scores[place]), "high", "low");
        StepsOf(result.PlotProgress("high")).Should().Equal(new ChartPoint(1, 3), new ChartPoint(3, 5), new ChartPoint(6, 9));
        StepsOf(result.PlotProgress("low")).Should().Equal(new ChartPoint(1, 3), new ChartPoint(2, 1), new ChartPoint(6, 1));
    }

    [Fact]
    public async Task PlotProgress_RanksAmongAllThatWereScored()
    {
        double[] scores = [3, 1, 5, 4];
        SearchResult result = await Results.Topology(4, (place, _) => Score.Of(scores[place]), "a");
        PointsOf(result.PlotProgress()).Select(point => point.Y).Should().Equal(3, 4, 1, 2);
        StepsOf(result.PlotProgress()).Should().Equal(new ChartPoint(1, 3), new ChartPoint(3, 1), new ChartPoint(4, 1));
    }

    [Fact]
    public async Task EveryPlot_ScoresThatAreNotFinite_AreLeftOut()
    {
        SearchResult result = await Results.Topology(5, (place, proxy) => place switch
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
        SearchResult result = await Results.Topology(1, (_, _) => Score.Of(4), "a", "low");
        foreach (Chart chart in AllOf(result))
        {
            Pictures.Read(chart.ToSvg());
            Pictures.SizeOf(chart.ToPng()).Should().Be((800, 500));
        }
    }

    [Fact]
    public async Task EveryPlot_NothingScored_SaysSo()
    {
        SearchResult result = await Results.Empty();
        foreach (Func<SearchResult, Chart> plot in (Func<SearchResult, Chart>[])
            [own => own.PlotProgress(), own => own.PlotProgress("a"), own => own.PlotScores("a"), own => own.PlotProxies("a", "a"), own => own.PlotAccuracy(_ => 1), own => own.PlotParameters()])
        {
            FluentActions.Invoking(() => plot(result)).Should().Throw<InvalidOperationException>().WithMessage("Nothing was scored*");
        }
    }

    [Fact]
    public async Task PlotScores_UnknownProxy_NamesThoseThereAre()
    {
        SearchResult result = await Results.Topology(1, (_, _) => Score.Of(4), "a", "low");
        FluentActions.Invoking(() => result.PlotScores("naswot")).Should().Throw<ArgumentException>().WithMessage("*no proxy 'naswot': it had a, low.*");
    }

    [Fact]
    public async Task PlotAccuracy_ShowsWhatIsKnown_BestFirst()
    {
        SearchResult result = await Results.Topology(4, (place, _) => Score.Of(place), "a");
        Chart chart = result.PlotAccuracy(architecture => architecture.Equals(result.Best.Architecture) ? null : 50 + result.History.ToList().FindIndex(evaluated => evaluated.Architecture.Equals(architecture)));
        PointsOf(chart).Should().Equal(new ChartPoint(2, 52), new ChartPoint(3, 51), new ChartPoint(4, 50));
        chart.Plan.Note.Should().StartWith("1 of 4 has ");
    }

    [Fact]
    public async Task PlotAccuracy_NothingKnown_SaysSo()
    {
        SearchResult result = await Results.Topology(2, (place, _) => Score.Of(place), "a");
        FluentActions.Invoking(() => result.PlotAccuracy(_ => null, "cifar10")).Should().Throw<InvalidOperationException>().WithMessage("*cifar10*");
    }

    [Fact]
    public async Task PlotParameters_HasTheFront()
    {
        SearchResult result = await Results.Topology(30, (place, _) => Score.Of(place), "a");
        ChartPoint[] all = PointsOf(result.PlotParameters());
        all.Select(point => point.X).Should().Equal(Enumerable.Range(1, 30).Select(rank => (double)rank));
        all[0].Y.Should().Be(result.RankHistory()[0].Cost.Parameters);
        StepsOf(result.PlotParameters()).Should().Equal(ParetoFront.Of(all));
    }

    private static IEnumerable<Chart> AllOf(SearchResult result) =>
        [result.PlotProgress(), result.PlotProgress("a"), result.PlotScores("a"), result.PlotProxies("a", "low"), result.PlotAccuracy(_ => 90), result.PlotParameters()];

    private static ChartPoint[] PointsOf(Chart chart) => [.. chart.Plan.Layers.OfType<ChartLayer.Points>().First().Marks];

    private static ChartPoint[] StepsOf(Chart chart) => [.. chart.Plan.Layers.OfType<ChartLayer.Steps>().Single().Marks];
}
