using RankNas.Reproduction.TrainingBased;

namespace RankNas.Reproduction.Tests.TrainingBased;

public class SoftmaxPolicyTests
{
    [Fact]
    public void ProbabilitiesOf_AtFirst_AreEven() =>
        new SoftmaxPolicy([4, 2], 0.1).ProbabilitiesOf(0).Should().Equal(0.25, 0.25, 0.25, 0.25);

    [Fact]
    public void Reinforce_TheFirstStep_IsTheLearningRateUpForTheAlleleDrawn_AndDownForTheOthers()
    {
        // Adam's first step is the learning rate, whatever the gradient's size.
        var policy = new SoftmaxPolicy([3], 0.1);
        policy.Reinforce([1], advantage: 5);

        double up = Math.Exp(0.1), down = Math.Exp(-0.1);
        policy.ProbabilitiesOf(0)[1].Should().BeApproximately(up / (up + (2 * down)), 1e-7);
    }

    [Fact]
    public void Draw_IsAsFrequentAsTheProbabilities()
    {
        var policy = new SoftmaxPolicy([3], 0.5);
        policy.Reinforce([2], advantage: 1);
        var random = new Random(1);
        int[] counts = new int[3];
        for (int draw = 0; draw < 30_000; draw++)
        {
            counts[policy.Draw(random)[0]]++;
        }

        for (int allele = 0; allele < 3; allele++)
        {
            (counts[allele] / 30_000.0).Should().BeApproximately(policy.ProbabilitiesOf(0)[allele], 0.015);
        }
    }
}
