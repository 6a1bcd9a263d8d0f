using RankNas.Initialization;
using RankNas.Torch;

namespace RankNas.Abstractions.Tests.Initialization;

public class StableSeedTests
{
    [Fact]
    public void Derive_PartsSplitDifferently_GivesDifferentSeeds() =>
        StableSeed.Derive(1, "a", "bc").Should().NotBe(StableSeed.Derive(1, "ab", "c"));

    // From Python: hashlib.sha256 over struct.pack('<q', …) of the seed, then of each part's length before its UTF-8 bytes.
    [Theory]
    [InlineData(8794265229978523055, 0)]
    [InlineData(5096662759042826260, 1, "weights", "8:16:24:32:64", "0")]
    [InlineData(5742713710977159398, -1, "noise")]
    [InlineData(3011772671557528699, long.MaxValue, "strategy", "annealing", "1000")]
    [InlineData(3445522935362228065, long.MinValue, "Ψ→η", "")]
    [InlineData(6180764360160386520, 1, "a", "bc")]
    [InlineData(6188318251732619912, 1, "ab", "c")]
    public void Derive_KnownInput_GivesTheSeedThatPythonDoes(long expected, long seed, params string[] purpose) =>
        StableSeed.Derive(seed, purpose).Should().Be(expected);

    [Fact]
    public void WeightSeed_Derives_FromSeedArchitectureAndRepeat()
    {
        new WeightSeed(1, "8:16:24:32:64").Derive().Should().Be(5096662759042826260);
        new WeightSeed(42, "", 3).Derive().Should().Be(2517482674179215170);
    }
}
