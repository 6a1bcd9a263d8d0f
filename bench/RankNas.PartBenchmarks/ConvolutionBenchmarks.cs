using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using RankNas.Graphs;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Memory;
using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.PartBenchmarks;

/// <summary>The 3×3 convolutions of the built-in networks, by tiles and by libtorch, on one thread, for 128 images.</summary>
[InProcess]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet derives from the class, and calls its clean-up.")]
public class ConvolutionBenchmarks
{
    private GraphModule _network = null!;
    private PassValue _input = null!;
    private ActivationArena _arena = null!;
    private Tensor _images = null!;

    [Params("16x32x32", "32x16x16", "64x8x8", "8x32x32", "40x32x32", "64x32x32")]
    public string Shape { get; set; } = "";

    [Params(Precision.Float32, Precision.BFloat16)]
    public Precision Precision { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        TorchRuntime.EnsureLoaded();
        set_num_threads(1);
        ScalarType format = Precision == Precision.Float32 ? ScalarType.Float32 : ScalarType.BFloat16;
        long[] shape = [.. Shape.Split('x').Select(long.Parse)];
        _network = Graph.Images(new NetworkShape { Channels = (int)shape[0], Height = (int)shape[1], Width = (int)shape[2] })
            .Conv((int)shape[0], 3).GlobalAveragePool().Linear(new NetworkShape().Classes).Build().ToModule();
        WeightInitializer.Default.Initialize(_network, seed: 0);
        _network.to(format);
        _images = TensorLayout.ChannelsLast(randn([128, .. shape], dtype: format));
        _arena = new ActivationArena();
        _input = new PassValue(_images.alias());
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _images.Dispose();
        _input.Dispose();
        _arena.Dispose();
        _network.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Libtorch()
    {
        using IDisposable guard = no_grad();
        nn.functional.conv2d(_images, _network.Weight($"{_network.Graph.Nodes[1].Name}.weight"), null, [1, 1], [1, 1]).Dispose();
    }

    [Benchmark]
    public void ByTiles()
    {
        using IDisposable guard = no_grad();
        new ConvolutionMath(_network, new PassMemory(_arena)).Convolve(_network.Graph.Nodes[1], _input).Dispose();
    }
}
