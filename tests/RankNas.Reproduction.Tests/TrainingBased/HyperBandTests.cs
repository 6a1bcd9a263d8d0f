using RankNas.Reproduction.TrainingBased;

namespace RankNas.Reproduction.Tests.TrainingBased;

public class HyperBandTests
{
    [Fact]
    public void BracketOf_OneToTwelveEpochs_IsThatOfBohbsProgram()
    {
        // n₀ = ⌊3/(s + 1)⌋·3ˢ architectures at 12·3⁻ˢ epochs for s = 2, 1, 0, and a third of them at three times as many.
        HyperBand.BracketOf(0, 1, 12, 3).Should().Equal(new Rung(9, 1), new Rung(3, 4), new Rung(1, 12));
        HyperBand.BracketOf(1, 1, 12, 3).Should().Equal(new Rung(3, 4), new Rung(1, 12));
        HyperBand.BracketOf(2, 1, 12, 3).Should().Equal(new Rung(3, 12));
        HyperBand.BracketOf(3, 1, 12, 3).Should().Equal(HyperBand.BracketOf(0, 1, 12, 3));
    }

    [Fact]
    public void BracketOf_OneToEightyOneEpochs_IsThatOfHyperBandsPaper() =>
        HyperBand.BracketOf(0, 1, 81, 3).Should().Equal(new Rung(81, 1), new Rung(27, 3), new Rung(9, 9), new Rung(3, 27), new Rung(1, 81));
}
