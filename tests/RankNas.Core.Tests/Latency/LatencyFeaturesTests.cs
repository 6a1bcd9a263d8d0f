using RankNas.Graphs;
using RankNas.Latency;

namespace RankNas.Core.Tests.Latency;

public class LatencyFeaturesTests
{
    [Fact]
    public void Of_EachKindOfLayer_CountsMultiplicationsAndBytes_AndNothingForWhatARuntimeLeavesOut()
    {
        GraphValue x = Graph.Images(new NetworkShape { Channels = 2, Height = 4, Width = 4 }).Conv(4, 3).DepthwiseConv((5, 3)).Conv(4, 1, groups: 2).Identity().Dropout();
        x = (x + x.Zeros(4, 1, 1)).Relu().Conv(4, 3).Reshape(4, 4, 4).GlobalAveragePool().Linear(10);
        const int Image = 4 * 4 * 4;

        LatencyFeatures.Of(x.Build()).Should().BeEquivalentTo(new Dictionary<string, double>
        {
            ["constant"] = 1,
            ["convolution 3x3 count"] = 2,
            ["convolution 3x3 macs"] = 1e-6 * ((Image * 2 * 9) + (Image * 4 * 9)),
            ["convolution 3x3 bytes"] = 4e-6 * (32 + Image + (4 * 2 * 9) + Image + Image + (4 * 4 * 9)),
            ["depthwise 5x3 count"] = 1,
            ["depthwise 5x3 macs"] = 1e-6 * Image * 15,
            ["depthwise 5x3 bytes"] = 4e-6 * (Image + Image + (4 * 15)),
            ["grouped 1x1 count"] = 1,
            ["grouped 1x1 macs"] = 1e-6 * Image * 2,
            ["grouped 1x1 bytes"] = 4e-6 * (Image + Image + (4 * 2)),
            ["add count"] = 1,
            ["add bytes"] = 4e-6 * (Image + Image + 4),
            ["activation count"] = 1,
            ["activation bytes"] = 4e-6 * (Image + Image),
            ["globalpooling count"] = 1,
            ["globalpooling bytes"] = 4e-6 * (4 + Image),
            ["linear count"] = 1,
            ["linear macs"] = 1e-6 * 40,
            ["linear bytes"] = 4e-6 * (10 + 4 + 50),
        }, options => options.Using<double>(pair => pair.Subject.Should().BeApproximately(pair.Expectation, 1e-12)).WhenTypeIs<double>());
    }
}
