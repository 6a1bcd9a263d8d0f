using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.PartBenchmarks;

/// <summary>Each proxy alone, on one thread, on the topology network of 3×3 convolutions, beside building the network and a bare pass.</summary>
[InProcess]
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet derives from the class, and calls its clean-up.")]
public class ProxyBenchmarks
{
    private const string Convolutions =
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";

    private readonly NatsTopologySpace _space = new();
    private Architecture _architecture = null!;
    private nn.Module<Tensor, Tensor> _network = null!;
    private ProbeBatch _batch = null!;

    [Params(32, 128)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        TorchRuntime.EnsureLoaded();
        set_num_threads(1);
        _architecture = _space.Parse(Convolutions);
        _network = _space.BuildNetwork(_architecture, new NetworkShape());
        _batch = new ProbeBatch(randn(Batch, 3, 32, 32));
        _ = _batch.NoisyImages;
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _batch.Dispose();
        _network.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void BarePass()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = inference_mode();
        _network.call(_batch.Images);
    }

    [Benchmark]
    public void BuildNetwork() => _space.BuildNetwork(_architecture, new NetworkShape()).Dispose();

    [Benchmark]
    public double Naswot() => new Naswot().Score(_network, _batch);

    [Benchmark]
    public double NoiseImmunity() => new NoiseImmunity().Score(_network, _batch);

    [Benchmark]
    public double LogSynFlow() => new LogSynFlow().Score(_network, _batch);

    [Benchmark]
    public double Snip() => new Snip().Score(_network, _batch);
}
