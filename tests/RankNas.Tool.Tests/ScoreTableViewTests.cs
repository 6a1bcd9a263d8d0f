using RankNas.Tool.Output;

namespace RankNas.Tool.Tests;

public class ScoreTableViewTests
{
    private const string First = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|";
    private const string Second = "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|";

    private static readonly ScoreReport[] Reports =
    [
        new(First, 1_073_466, 153_272_960, 0.5, new Dictionary<string, double>
        {
            ["noise-immunity"] = 3.8389, ["noise-immunity-complexity"] = 7.55836, ["naswot"] = 411.88123, ["logsynflow"] = 1_382_867.64,
        }, new Dictionary<string, string>()),
        new(Second, 73_306, 7_783_040, 0.1, new Dictionary<string, double>
        {
            ["noise-immunity"] = 0.77475, ["noise-immunity-complexity"] = 6.82936, ["logsynflow"] = 13_786.45,
        }, new Dictionary<string, string> { ["naswot"] = "naswot saw no ReLU." }),
    ];

    [Fact]
    public void Write_At80Columns_HasArchitecturesOnLinesOfTheirOwn() => Write(Reports, 80).Should().Be(
        $"""
                         noise-
             noise-   immunity-
        #  immunity  complexity   naswot   logsynflow  parameters         MACs
        ─  ────────  ──────────  ───────  ───────────  ──────────  ───────────
        1   3.83890     7.55836  411.881  1,382,867.6   1,073,466  153,272,960
           {First}
        2   0.77475     6.82936   failed     13,786.5      73,306    7,783,040
           {Second}
        2, naswot: naswot saw no ReLU.

        """);

    [Fact]
    public void Write_At120Columns_HasWholeHeadings() => Write(Reports, 120).Should().Be(
        $"""
        #  noise-immunity  noise-immunity-complexity   naswot   logsynflow  parameters         MACs
        ─  ──────────────  ─────────────────────────  ───────  ───────────  ──────────  ───────────
        1         3.83890                    7.55836  411.881  1,382,867.6   1,073,466  153,272,960
           {First}
        2         0.77475                    6.82936   failed     13,786.5      73,306    7,783,040
           {Second}
        2, naswot: naswot saw no ReLU.

        """);

    [Fact]
    public void Write_EscapesOfATerminal_AreShown()
    {
        ScoreReport report = Reports[0] with { Arch = "8:8\e[31m", Failures = new Dictionary<string, string> { ["mine"] = "no\e]0;title\a\nmore" } };
        Write([report], width: null).Should().NotContain("\e").And.NotContain("\a").And.Contain("8:8\\u{1b}[31m").And.Contain("1, mine: no\\u{1b}]0;title\\u{7} more");
    }

    [Fact]
    public void Write_Nothing_SaysThatNothingWasScored() => Write([], width: 80).Should().Be("Cancelled before anything was scored.\n");

    private static string Write(IReadOnlyList<ScoreReport> reports, int? width)
    {
        using var output = new StringWriter();
        ScoreTableView.Write(output, reports, width);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
