using System.Text.RegularExpressions;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Tool.Output;
using static TorchSharp.torch;

namespace RankNas.Tool.Tests;

public partial class SearchTableViewTests
{
    private const string First = "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|";

    [Fact]
    public async Task Write_ScoresThatFailed_SayWhy()
    {
        SearchResult result = await SearchAsync(new Refusing());

        string text = Write(result, width: null);

        text.Should().Contain("failed").And.Contain(
            $"failed on 3 of 3 architectures, such as {result.History[0].Architecture}: The proxy failed: It would not.");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Write_At80And120Columns_Fits(int width)
    {
        SearchResult result = await SearchAsync(new Sizes("noise-immunity-complexity"), new Sizes("naswot"), new Sizes("logsynflow"));

        string[] lines = Write(result, width).Split('\n');

        lines.Should().NotContain(line => line.Length > width && !line.Contains('|'));
        foreach (ScoredArchitecture candidate in result.Ranked)
        {
            lines.Should().ContainSingle(line => line.Trim() == candidate.Architecture.Text);
        }

        string.Join('\n', lines[^5..]).Should().MatchRegex("3 architectures of nats-tss scored in \\d+\\.\\d s, strategy exhaustive, seed 0:\\sended\\swith its budget\\.");
    }

    [Fact]
    public async Task Write_At80Columns_IsReadAtAGlance()
    {
        SearchResult result = await SearchAsync(new Sizes("naswot"), new Sizes("logsynflow"));

        string text = Seconds().Replace(Write(result, width: 80), "0.0 s");

        text.Should().StartWith(
            """
            #  rank sum   naswot  rank  logsynflow  rank  parameters        MACs
            ─  ────────  ───────  ────  ──────────  ────  ──────────  ──────────
            1         2  101.306   1.0     101.306   1.0     101,306  11,715,200
               |none~0|+|none~0|none~1|+|skip_connect~0|none~1|nor_conv_1x1~2|
            2         5   73.306   2.5      73.306   2.5      73,306   7,783,040
            """.ReplaceLineEndings("\n")).And.Contain($"   {First}\n");
        text.Should().EndWith(
            """
            3 architectures of nats-tss scored in 0.0 s, strategy exhaustive, seed 0: ended
            with its budget.
            Images: synthetic images, 3x32x32, seed 0, batch 2.

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Write_Notices_StandLast()
    {
        SearchResult result = await SearchAsync(new Sizes("naswot"));
        SearchReport report = SearchReport.Of(result, top: 2, accuracies: null) with { Notices = [new NoticeReport("images-odd", "The images are odd.\nMind them.")] };
        using var output = new StringWriter();

        SearchTableView.Write(output, result, report, width: 80);

        output.ToString().TrimEnd().Should().EndWith("Note: The images are odd. Mind them.");
    }

    private static async Task<SearchResult> SearchAsync(params IZeroCostProxy[] proxies)
    {
        NasBuilder builder = NasBuilder.Create().UseNatsTopology().WithBatchSize(2).UseExhaustiveSearch().WithBudget(3);
        foreach (IZeroCostProxy proxy in proxies)
        {
            builder.AddProxy(proxy);
        }

        return await builder.Build().RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Write(SearchResult result, int? width)
    {
        using var output = new StringWriter();
        SearchTableView.Write(output, result, SearchReport.Of(result, top: 3, accuracies: null), width);
        return output.ToString().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\d+\.\d s")]
    private static partial Regex Seconds();

    private sealed class Refusing : IZeroCostProxy
    {
        public string Id => "refusing";

        public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

        public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => throw new InvalidOperationException("It would not.");
    }

    private sealed class Sizes(string id) : IZeroCostProxy
    {
        public string Id => id;

        public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

        public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => network.parameters().Sum(parameter => parameter.numel()) / 1000.0;
    }
}
