using RankNas.Tool.Output;

namespace RankNas.Tool.Tests;

public class TextTableTests
{
    private static readonly TextTable Table = new(
        [new TextColumn("#", ["1", "2"])],
        [
            new TextColumn("rank sum", ["10", "22.5"]),
            new TextColumn("noise-immunity-complexity", ["10.4470", "8.1555"]),
            new TextColumn("naswot", ["104.751", "failed"]),
            new TextColumn("parameters", ["643,386", "1,830,426"]),
        ],
        new TextColumn("architecture", ["|a~0|+|a~0|b~1|+|c~0|a~1|b~2|", "8:8:8:8:8"], IsText: true));

    [Fact]
    public void Write_WithRoomForAll_HasARowOnALine() => Write(width: 120).Should().Be(
        """
        #  architecture                   rank sum  noise-immunity-complexity   naswot  parameters
        ─  ─────────────────────────────  ────────  ─────────────────────────  ───────  ──────────
        1  |a~0|+|a~0|b~1|+|c~0|a~1|b~2|        10                    10.4470  104.751     643,386
        2  8:8:8:8:8                          22.5                     8.1555   failed   1,830,426

        """);

    [Fact]
    public void Write_WithoutRoomForTheSubject_PutsItOnALineOfItsOwn() => Write(width: 80).Should().Be(
        """
        #  rank sum  noise-immunity-complexity   naswot  parameters
        ─  ────────  ─────────────────────────  ───────  ──────────
        1        10                    10.4470  104.751     643,386
           |a~0|+|a~0|b~1|+|c~0|a~1|b~2|
        2      22.5                     8.1555   failed   1,830,426
           8:8:8:8:8

        """);

    [Fact]
    public void Write_WithoutRoomForHeadings_BreaksThemBetweenWords() => Write(width: 50).Should().Be(
        """
                     noise-
           rank   immunity-
        #   sum  complexity   naswot  parameters
        ─  ────  ──────────  ───────  ──────────
        1    10     10.4470  104.751     643,386
           |a~0|+|a~0|b~1|+|c~0|a~1|b~2|
        2  22.5      8.1555   failed   1,830,426
           8:8:8:8:8

        """);

    [Fact]
    public void Write_WithoutRoomForAllColumns_PutsTheLastOnesBelow() => Write(width: 25).Should().Be(
        """
                     noise-
           rank   immunity-
        #   sum  complexity
        ─  ────  ──────────
        1    10     10.4470
           |a~0|+|a~0|b~1|+|c~0|a~1|b~2|
        2  22.5      8.1555
           8:8:8:8:8

        #   naswot  parameters
        ─  ───────  ──────────
        1  104.751     643,386
        2   failed   1,830,426

        """);

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(null)]
    public void Write_AtAnyWidth_BreaksNeitherSubjectsNorNumbers(int? width)
    {
        string[] lines = Write(width).Split('\n');
        lines.Should().ContainSingle(line => line.Contains("|a~0|+|a~0|b~1|+|c~0|a~1|b~2|"));
        foreach (string number in (string[])["10.4470", "failed", "1,830,426"])
        {
            lines.Should().ContainSingle(line => line.Contains(number));
        }
    }

    private static string Write(int? width)
    {
        using var output = new StringWriter();
        Table.Write(output, width);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
