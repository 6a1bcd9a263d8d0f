using RankNas.Abstractions.Tests.Support;

namespace RankNas.Strategies.Tests;

public class AnnealingAcceptanceTests
{
    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(0.25, 2)]
    [InlineData(1, 3)]
    [InlineData(0.02, 4)]
    public void IsAccepted_IsAsFrequentAsTheExponential(double alpha, int seed)
    {
        const int Trials = 20_000;
        const double FewestExpected = 20;
        var annealing = new SimulatedAnnealing(new SimulatedAnnealingOptions { Alpha = alpha });
        var random = new Random(seed);
        var series = new List<(int Hits, int Trials, double Rate)>();
        foreach (double temperature in new[] { 1, 0.745, 0.31, 0.095, 0.0293, 0.009 })
        {
            foreach (double energyChange in new[] { 0.01, 0.5, 1, 1.5, 2, 3, 5, 8, 13, 21 })
            {
                double rate = Math.Exp(-alpha * energyChange / temperature);
                if (rate * Trials > FewestExpected && (1 - rate) * Trials > FewestExpected)
                {
                    series.Add((Enumerable.Range(0, Trials).Count(_ => annealing.IsAccepted(energyChange, temperature, random)), Trials, rate));
                }
            }
        }

        series.Should().HaveCountGreaterThan(15);
        ChiSquaredTest.OfRates(series).Should().BeGreaterThan(ChiSquaredTest.Significance);
    }

    [Theory]
    [InlineData(-0.5, 1, true)]
    [InlineData(double.NegativeInfinity, 1e-3, true)]
    [InlineData(0, 1e-3, true)]
    [InlineData(50, 1e-3, false)]
    [InlineData(double.PositiveInfinity, 1, false)]
    [InlineData(double.NaN, 1, false)]
    public void IsAccepted_AtTheEnds_IsCertain(double energyChange, double temperature, bool isAccepted)
    {
        var annealing = new SimulatedAnnealing();
        var random = new Random(1);
        Enumerable.Range(0, 100).Should().OnlyContain(_ => annealing.IsAccepted(energyChange, temperature, random) == isAccepted);
    }
}
