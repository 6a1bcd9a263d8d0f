using RankNas.Graphs;
using RankNas.Initialization;
using RankNas.Onnx.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests;

public abstract class NatsExportTests(GenomeSearchSpace space)
{
    protected const int Samples = 30;
    private const double Tolerance = 1e-5;

    protected void CheckExport(string arch)
    {
        ulong seed = (ulong)StableSeed.Derive(7, arch);
        using var scope = NewDisposeScope();
        using GraphModule network = Networks.Of(space.Describe(space.Parse(arch), new NetworkShape()), seed);
        foreach (bool fold in new[] { true, false })
        {
            ReadOnlyMemory<byte> model = network.ToOnnx(new NetworkShape(), new OnnxOptions { FoldBatchNorm = fold });
            using var session = new OnnxSession(model);
            foreach (int batch in new[] { 1, 7 })
            {
                using Tensor images = Networks.Images(seed, batch, 3, 32, 32);
                Networks.Difference(network, session, images).Should().BeLessThan(Tolerance, $"batch {batch}, folded {fold}");
            }
        }
    }

    protected static TheoryData<string> Architectures(ISearchSpace space, params string[] special)
    {
        var random = new Random(11);
        return [.. special, .. Enumerable.Range(0, Samples).Select(_ => space.Sample(random).Text)];
    }
}

public class NatsTopologyExportTests() : NatsExportTests(Space)
{
    private static readonly NatsTopologySpace Space = new(new NatsTopologyOptions { IncludeBroken = true });

    public static TheoryData<string> All { get; } = Architectures(
        Space,
        [
            .. Enum.GetValues<CellOperation>().Select(operation => Space.Create(operation, operation, operation, operation, operation, operation).Text),
            "|none~0|+|none~0|nor_conv_3x3~1|+|none~0|nor_conv_1x1~1|avg_pool_3x3~2|",
            "|none~0|+|skip_connect~0|none~1|+|none~0|none~1|skip_connect~2|",
            "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|none~0|none~1|none~2|",
        ]);

    [Theory]
    [MemberData(nameof(All))]
    public void ToOnnx_TopologyNetwork_ComputesWhatTheNetworkDoes(string arch) => CheckExport(arch);
}

public class NatsSizeExportTests() : NatsExportTests(Space)
{
    private static readonly NatsSizeSpace Space = new();

    public static TheoryData<string> All { get; } =
        Architectures(Space, "8:8:8:8:8", "64:64:64:64:64", "8:64:8:64:8", "64:8:64:8:64", "40:24:40:56:24");

    [Theory]
    [MemberData(nameof(All))]
    public void ToOnnx_SizeNetwork_ComputesWhatTheNetworkDoes(string arch) => CheckExport(arch);
}
