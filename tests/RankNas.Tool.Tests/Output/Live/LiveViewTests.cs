using System.Collections.Immutable;
using RankNas.Fitting;
using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Tool.Output.Live;
using Spectre.Console;
using Spectre.Console.Testing;

namespace RankNas.Tool.Tests.Output.Live;

/// <summary>What a person sees while a search or a fit runs.</summary>
public class LiveViewTests
{
    private static readonly ImmutableArray<ProxyDescriptor> Proxies =
        [new("noise-immunity-live", "", ScoreDirection.LowerIsBetter), new("naswot", "", ScoreDirection.HigherIsBetter), new("logsynflow", "", ScoreDirection.HigherIsBetter)];

    private static readonly string[] Architectures =
    [
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|",
        "|nor_conv_1x1~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|avg_pool_3x3~2|",
        "|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|",
        "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|",
        "|none~0|+|none~0|none~1|+|avg_pool_3x3~0|none~1|none~2|",
        "|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|",
    ];

    [Fact]
    public void Search_AtAHundredColumns_HasTheBestFiveABarAndTheTimeLeft() => Shown(Searching(), 100).Should().Equal(
        "#  architecture                                           noise-imm…  naswot  logsynflow  parameters",
        "1  |nor_conv_3x3~0|+|nor_conv…conv_3x3~1|nor_conv_3x3~2|          -9   1,900         170     900,000",
        "2  |nor_conv_1x1~0|+|nor_conv…conv_3x3~1|avg_pool_3x3~2|          -8   1,800         169     900,000",
        "3  |none~0|+|none~0|none~1|+|…p_connect~0|none~1|none~2|          -6   1,600         167      72,986",
        "4  |none~0|+|none~0|none~1|+|…_conv_3x3~0|none~1|none~2|          -7   1,700      failed     900,000",
        "5  |none~0|+|none~0|none~1|+|…_pool_3x3~0|none~1|none~2|          -5   1,500         166     900,000",
        $"Searching  {new string('░', 40)}  6 of 1,000",
        "0:00:14 · 3.0 s each · 0:04:46 left · limit 0:05:00 · 2 from the store · 1 with a failed score");

    [Fact]
    public void Search_AtSixtyColumns_KeepsTheArchitectureAndWhatElseHasRoom()
    {
        string[] lines = Shown(Searching(), 59);
        lines[0].Should().Be("#  architecture  noise-imm…  naswot  logsynflow  parameters");
        lines[1].Should().Be("1  |nor_c…x3~2|          -9   1,900         170     900,000");
        lines.Should().HaveCount(9, "the facts take two lines");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(20)]
    [InlineData(8)]
    [InlineData(1)]
    public void Search_AtAnyWidth_HasNoLineThatIsWider(int width)
    {
        string[] lines = Shown(Searching(), width);
        lines.Should().OnlyContain(line => line.Length <= width);
        lines.Count(line => line.TrimStart().StartsWith('#')).Should().Be(1);
    }

    [Fact]
    public void Search_Cancelled_SaysWhatIsWaitedFor()
    {
        string[] lines = Shown(Searching(isEnding: true), 100);
        lines.Should().Contain(line => line.StartsWith("Ending  ", StringComparison.Ordinal)).And.NotContain(line => line.StartsWith("Searching", StringComparison.Ordinal));
        lines[^1].Should().Be("what is being scored is finished first · a second Ctrl-C ends at once");
    }

    [Fact]
    public void Search_BeforeAnythingIsScored_ShowsThatItRuns() =>
        Shown(new SearchView("Searching", null, () => false) { Since = _ => TimeSpan.FromSeconds(3) }, 60).Should().Equal($"Searching  {new string('░', 40)}  0:00:03");

    [Fact]
    public void Fit_WhileItSearches_HasTheStageThatIsDoneAndTheBest()
    {
        var view = new FitView(TimeSpan.FromMinutes(30), () => false) { Since = _ => TimeSpan.FromSeconds(2) };
        view.Report(new FitProgress(FitStage.Reading, 1, "1,200 pictures read."));
        var searched = new SearchProgress(50, 200, 0, 0, TimeSpan.FromSeconds(10), Scored(0));
        view.Report(new FitProgress(FitStage.Searching, 0.25, searched.ToString(), TimeSpan.FromSeconds(30)) { Search = searched, Cost = new NetworkCost(900_000, 0) });

        Shown(view, 80).Should().Equal(
            "✓ Reading    1,200 pictures read",
            "#  architecture                       noise-imm…  naswot  logsynflow  parameters",
            "1  |nor_conv_3x3~0|…|nor_conv_3x3~2|          -9   1,900         170     900,000",
            $"Searching  {new string('█', 10)}{new string('░', 30)}  25 %",
            "50 of 200 architectures scored in 0:00:10 · 0:00:28 left",
            "0:00:02 of 0:30:00 for all");
    }

    [Fact]
    public void Fit_WhileItTrains_HasTheStagesThatAreDone()
    {
        var view = new FitView(null, () => false) { Since = _ => TimeSpan.FromSeconds(2) };
        view.Report(new FitProgress(FitStage.Reading, 1, "1,200 pictures read."));
        view.Report(new FitProgress(FitStage.Searching, 1, "200 of 200 architectures scored in 0:01:30."));
        view.Report(new FitProgress(FitStage.Training, 0.5, "epoch 50 of 100: loss 0.312, 91.2 % of validation right", TimeSpan.FromMinutes(2)));

        Shown(view, 80).Should().Equal(
            "✓ Reading    1,200 pictures read",
            "✓ Searching  200 of 200 architectures scored in 0:01:30",
            $"Training  {new string('█', 20)}{new string('░', 20)}  50 %",
            "epoch 50 of 100: loss 0.312, 91.2 % of validation right · 0:01:58 left");
    }

    [Theory]
    [InlineData("|nor_conv_3x3~0|+|skip_connect~0|none~1|", 11, "|nor_…ne~1|")]
    [InlineData("8:8:8:8:8", 9, "8:8:8:8:8")]
    [InlineData("8:8:8:8:8", 1, "8")]
    [InlineData("8:8:8:8:8", 0, "")]
    public void Shorten_KeepsBothEnds(string text, int most, string expected) => BestTable.Shorten(text, most).Should().Be(expected);

    private static SearchView Searching(bool isEnding = false)
    {
        var best = new BestSoFar(new RankSum(), architecture => architecture.Text.Contains("3x3", StringComparison.Ordinal) ? 900_000 : 72_986);
        var view = new SearchView("Searching", best, () => isEnding) { Since = _ => TimeSpan.FromSeconds(2) };
        for (int index = 0; index < Architectures.Length; index++)
        {
            view.Report(new SearchProgress(index + 1, 1000, 2, index / 4, TimeSpan.FromSeconds(2 * (index + 1)), Scored(index)) { TimeLimit = TimeSpan.FromMinutes(5) });
        }

        return view;
    }

    private static ScoredArchitecture Scored(int index) => new(
        new Architecture(Architectures[index], [index]),
        [Score.Of(-9 + index), Score.Of(1900 - 100 * index), index == 2 ? Score.Failed("No layer was found.") : Score.Of(170 - index)])
    {
        Proxies = Proxies,
    };

    private static string[] Shown(ILiveView view, int width)
    {
        using var console = new TestConsole();
        console.Profile.Width = 500;
        console.Write(new Rows(view.Lines(width)));
        return [.. console.Output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
