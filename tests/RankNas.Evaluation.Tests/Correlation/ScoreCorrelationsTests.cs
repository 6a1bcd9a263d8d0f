using RankNas.Core.Tests.Support;
using RankNas.Correlation;
using RankNas.Evaluation.Tests.Support;
using RankNas.NatsBench;
using RankNas.Proxies;
using RankNas.SearchSpaces;

namespace RankNas.Evaluation.Tests.Correlation;

public class ScoreCorrelationsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_AccuraciesThatFollowAProxy_CorrelateByItsDirection()
    {
        var negated = new FunctionProxy("negated", (network, batch) => -FunctionProxy.Parameters().Score(network, batch), ScoreDirection.LowerIsBetter);
        var opposite = new FunctionProxy("opposite", (network, batch) => FunctionProxy.Parameters().Score(network, batch), ScoreDirection.LowerIsBetter);
        SearchResult result = await TinyStudies.ExhaustiveAsync(Token, FunctionProxy.Parameters(), negated, opposite);
        Dictionary<Architecture, double> parameters = result.History.ToDictionary(one => one.Architecture, one => one.Scores[0].Value);

        CorrelationReport report = ScoreCorrelations.Of(
            result, new KnownAccuracies(architecture => 50 + (parameters[architecture] / 100)), draws: 20, Token);

        report.Architectures.Should().Be(27);
        report.Correlations.Select(correlation => (correlation.Score, Math.Round(correlation.Kendall.Value, 12), Math.Round(correlation.Spearman.Value, 12)))
            .Should().Equal(("params", 1, 1), ("negated", 1, 1), ("opposite", -1, -1), ("rank-sum", 1, 1));
        report.Correlations[0].Top1Regret.Should().Be(0);
        report.Correlations[2].Top1Regret.Should().BeApproximately((parameters.Values.Max() - parameters.Values.Min()) / 100, 1e-9);
        report.Correlations.Should().OnlyContain(correlation => correlation.DataSet == "cifar10" && correlation.NotFinite == 0);
    }

    [Fact]
    public async Task Of_ScoresThatFailed_AreCountedAndRankLast()
    {
        var proxy = new FunctionProxy("narrow", (network, batch) => TinyStudies.Width().Score(network, batch) is var width && width > 4
            ? throw new InvalidOperationException("Too wide.")
            : width);
        SearchResult result = await TinyStudies.ExhaustiveAsync(Token, proxy);

        // Failed ones are the worst indeed.
        CorrelationReport report = ScoreCorrelations.Of(
            result, new KnownAccuracies(architecture => architecture.Genes[0] switch { 0 => 80, 1 => 90, _ => 10 }), draws: 20, Token);

        report.Correlations[0].NotFinite.Should().Be(9);
        report.Correlations[0].Kendall.Value.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public async Task Of_ABenchmarkWithoutTheArchitectures_SaysSo()
    {
        SearchResult result = await TinyStudies.ExhaustiveAsync(Token, FunctionProxy.Parameters());
        FluentActions.Invoking(() => ScoreCorrelations.Of(result, new KnownAccuracies(_ => null), draws: 1, Token)).Should().Throw<InvalidDataException>()
            .WithMessage("The benchmark has 0 of the 27 architectures scored: correlation needs two or more.");
    }

    // 4.302653 is the 97.5th percentile of Student's t with two degrees of freedom.
    [Fact]
    public void MeanOf_SeveralReports_HasMeansDeviationsAndIntervalsOverThem()
    {
        ScoreCorrelation mean = ScoreCorrelations.MeanOf(Report(0.5, 0.7, 4), Report(0.6, 0.8, 6), Report(0.7, 0.9, 5)).Correlations.Single();

        mean.Kendall.Value.Should().BeApproximately(0.6, 1e-12);
        mean.KendallDeviation.Should().BeApproximately(0.1, 1e-12);
        mean.Kendall.Low.Should().BeApproximately(0.6 - (4.302653 * 0.1 / Math.Sqrt(3)), 1e-6);
        mean.Spearman.Value.Should().BeApproximately(0.8, 1e-12);
        mean.SpearmanDeviation.Should().BeApproximately(0.1, 1e-12);
        (mean.Top1Regret, mean.Top10Regret, mean.NotFinite).Should().Be((5, 2, 6));
        mean.NormalizedGain.Should().BeApproximately(0.9, 1e-12);
    }

    [Fact]
    public void MeanOf_OneReport_IsTheReport()
    {
        CorrelationReport report = Report(0.5, 0.7, 4);
        ScoreCorrelations.MeanOf(report).Should().BeSameAs(report);
    }

    [Fact]
    public void MeanOf_OtherScores_IsRefused()
    {
        CorrelationReport report = Report(0.5, 0.7, 4);
        var other = new CorrelationReport(10, [report.Correlations[0] with { Score = "other" }]);
        FluentActions.Invoking(() => ScoreCorrelations.MeanOf(report, other)).Should().Throw<ArgumentException>().WithMessage("The reports are of different scores or data sets, or there is none.*");
        FluentActions.Invoking(() => ScoreCorrelations.MeanOf()).Should().Throw<ArgumentException>().WithMessage("The reports are of different scores or data sets, or there is none.*");
        FluentActions.Invoking(() => ScoreCorrelations.MeanOf(null!)).Should().Throw<ArgumentNullException>().WithParameterName("reports");
    }

    private static CorrelationReport Report(double kendall, double spearman, int notFinite) => new(
        10,
        [new ScoreCorrelation("naswot", "cifar10", AccuracySplit.Test, new Estimate(kendall, 0, 1), new Estimate(spearman, 0, 1), notFinite, 2, 0.9, notFinite)]);
}
