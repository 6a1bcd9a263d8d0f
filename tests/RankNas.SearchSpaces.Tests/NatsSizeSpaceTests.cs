using CsCheck;

namespace RankNas.SearchSpaces.Tests;

public class NatsSizeSpaceTests
{
    private static readonly NatsSizeSpace Space = new();

    [Fact]
    public void Parse_EveryArchitecture_GivesItBack()
    {
        Space.Count.Should().Be(32_768);
        for (long index = 0; index < Space.Count; index++)
        {
            Architecture architecture = Space.FromIndex(index);
            Space.IndexOf(Space.Parse(architecture.Text)).Should().Be(index);
        }
    }

    [Fact]
    public void FromIndex_IsLexicographic()
    {
        Space.FromIndex(0).Text.Should().Be("8:8:8:8:8");
        Space.FromIndex(1).Text.Should().Be("8:8:8:8:16");
        Space.FromIndex(32_767).Text.Should().Be("64:64:64:64:64");
    }

    [Theory]
    [InlineData("9:8:8:8:8", "*'9' is none of 8, 16, 24, 32, 40, 48, 56, 64*")]
    [InlineData("8:8:8:8", "*4 widths*must be 5*")]
    [InlineData("8:8:8:8:72", "*'72' is none of*")]
    [InlineData("8:8:8:8:0", "*'0' is none of*")]
    [InlineData("8:8:8:8:08", "*'08' is none of*")]
    [InlineData("8:8:8:8:-8", "*'-8' is none of*")]
    [InlineData("", "*Write for example '8:16:24:32:64'*")]
    public void Parse_Malformed_SaysWhatToWrite(string text, string message) =>
        Space.Invoking(space => space.Parse(text)).Should().Throw<ArchitectureFormatException>().WithMessage(message);

    [Fact]
    public void Parse_AnyText_GivesAnArchitectureOrOneError() => Gen.String[Gen.Char["0123456789:-+ e"], 0, 20].Sample(text =>
    {
        try
        {
            Space.Parse(text);
        }
        catch (ArchitectureFormatException)
        {
        }
    });

    [Fact]
    public void Sample_ManyDraws_ReachEveryWidthOfEveryLayer()
    {
        var random = new Random(1);
        Architecture[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => Space.Sample(random))];

        for (int layer = 0; layer < 5; layer++)
        {
            drawn.Select(architecture => architecture.Genes[layer]).Distinct().Should().HaveCount(8);
        }

        drawn.Should().Contain(architecture => architecture.Genes.Distinct().Count() < 5, "widths may repeat");
    }
}
