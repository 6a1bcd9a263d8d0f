namespace RankNas.Tests;

public class StableSeedTests
{
    [Fact]
    public void Derive_PartsSplitDifferently_GivesDifferentSeeds() =>
        StableSeed.Derive(1, "a", "bc").Should().NotBe(StableSeed.Derive(1, "ab", "c"));

    [Fact]
    public void Derive_KnownInput_GivesTheSeedOfSha256() =>
        StableSeed.Derive(0).Should().Be(System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(
            System.Security.Cryptography.SHA256.HashData(new byte[8])) & long.MaxValue);
}
