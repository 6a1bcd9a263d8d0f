using RankNas.Graphs;
using RankNas.Images;
using RankNas.SearchSpaces;

namespace RankNas.Tests;

public class NormalizationNoticesTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public async Task Search_LayersOfOnePixel_AreToldWhereTheBatchIsSmallerThanEight(int batch, bool isTold) =>
        (await CodesOf(builder => builder.AddNaswot().WithBatchSize(batch))).Contains("normalization-of-few-values").Should().Be(isTold);

    [Fact]
    public async Task Search_ByTheGraphAlone_IsNotTold() => (await CodesOf(builder => builder.AddParameterCount().AddMacCount().WithBatchSize(2))).Should().NotContain("normalization-of-few-values");

    [Fact]
    public async Task Notice_NamesTheLayerAndWhatToDo() => (await SearchOf(builder => builder.AddNaswot().WithBatchSize(2))).Notices
        .Should().ContainSingle(notice => notice.Code == "normalization-of-few-values").Which.Message.Should().Match(
            "BatchNorm 'second.norm' of * has 2 values of each channel (a batch of 2, images of 1x1): what it normalises is mostly rounding or ±1, and so are the scores. Use a larger batch or larger images.");

    private static async Task<IEnumerable<string>> CodesOf(Func<NasBuilder, NasBuilder> with) => (await SearchOf(with)).Notices.Select(notice => notice.Code);

    private static Task<SearchResult> SearchOf(Func<NasBuilder, NasBuilder> with) =>
        with(NasBuilder.Create().UseSpace(new ShrinkingSpace()).UseImages(ProbeImages.Synthetic(shape: new NetworkShape { Height = 4, Width = 4 }, count: 16)))
            .UseExhaustiveSearch().Build().RunAsync(TestContext.Current.CancellationToken);

    // Four pixels by four, then one; a dead layer of one pixel changes nothing.
    private sealed class ShrinkingSpace() : ChoiceSearchSpace("shrinking", [new Choice("width", "narrow", "wide")])
    {
        public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
        {
            int channels = architecture.Text.Contains("narrow", StringComparison.Ordinal) ? 8 : 12;
            GraphValue first = Graph.Images(shape).Conv(channels, kernel: 3).BatchNorm().Relu();
            return first.Within("second", x => x.Conv(channels, kernel: 4, stride: 4, padding: 0).BatchNorm(name: "norm").Relu()).GlobalAveragePool().Linear(shape.Classes).Build();
        }
    }
}
