using RankNas.SearchSpaces;
using RankNas.Strategies.Bayesian;

namespace RankNas.Strategies.Tests.Bayesian;

public class GaussianProcessTests
{
    // NumPy and SciPy: K = exp(-D / (0.5 * 3)) + 0.1 I over 000, 001, 012; K⁻¹ y; EI by scipy.stats.norm.
    [Theory]
    [InlineData("0,0,2", 0.05880722938162419, 0.5554006463410419, 0.07115371198736774)]
    [InlineData("2,2,2", 0.1258834253382115, 0.929828517281223, 0.15050970432555816)]
    public void Predict_KnownArchitectures_IsAsNumPySolvesIt(string genes, double mean, double variance, double improvement)
    {
        var process = new GaussianProcess([Tokens("0,0,0"), Tokens("0,0,1"), Tokens("0,1,2")], [-1, 0.25, 0.75], lengthScale: 0.5, noise: 0.1);

        (double Mean, double Variance) predicted = process.Predict(Tokens(genes));

        predicted.Mean.Should().BeApproximately(mean, 1e-12);
        predicted.Variance.Should().BeApproximately(variance, 1e-12);
        process.ExpectedImprovement(Tokens(genes)).Should().BeApproximately(improvement, 1e-12);
    }

    [Fact]
    public void DistanceTo_Genomes_CountsTheGenesThatDiffer() => Tokens("0,1,2,3").DistanceTo(Tokens("0,2,1,3")).Should().Be(2);

    [Fact]
    public void DistanceTo_WithoutGenomes_ComparesTexts()
    {
        ArchitectureTokens one = ArchitectureTokens.Of(new Architecture("conv-conv", []));
        one.DistanceTo(one).Should().Be(0);
        one.DistanceTo(ArchitectureTokens.Of(new Architecture("conv-pool", []))).Should()
            .BeInRange(1, one.DistanceTo(ArchitectureTokens.Of(new Architecture("xyzw=xyzw", []))) - 1);
    }

    private static ArchitectureTokens Tokens(string genes) => ArchitectureTokens.Of(new Architecture(genes, [.. genes.Split(',').Select(int.Parse)]));
}
