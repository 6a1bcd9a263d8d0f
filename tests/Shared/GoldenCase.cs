#if NATS_BENCH
using System.Text.Json;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>A case of the golden file: an architecture, and what an independent program computed for it.</summary>
internal sealed class GoldenCase
{
    private readonly JsonElement _case;

    private GoldenCase(JsonElement golden)
    {
        _case = golden;
        Space = Arch.Contains('|') ? new NatsTopologySpace() : new NatsSizeSpace();
        Architecture = Space.Parse(Arch);
    }

    public ISearchSpace Space { get; }

    public Architecture Architecture { get; }

    public string Arch => _case.GetProperty("arch").GetString()!;

    public long Parameters => _case.GetProperty("parameters").GetInt64();

    public long Macs => _case.GetProperty("macs").GetInt64();

    public long ReluUnits => _case.GetProperty("relu_units").GetInt64();

    public int Convolutions => _case.GetProperty("convolutions").GetInt32();

    public int Poolings => _case.GetProperty("poolings").GetInt32();

    public double[] Logits => [.. _case.GetProperty("logits").EnumerateArray().SelectMany(row => row.EnumerateArray().Select(logit => logit.GetDouble()))];

    /// <summary>Gets a figure by its name in the file.</summary>
    public double this[string figure] => _case.GetProperty(figure).GetDouble();

    public static IReadOnlyList<GoldenCase> All() => File.Exists(TestData.FindGolden("nats-bench.json"))
        ? [.. JsonDocument.Parse(File.ReadAllText(TestData.Golden("nats-bench.json"))).RootElement.EnumerateArray().Select(golden => new GoldenCase(golden))]
        : [];

    public static GoldenCase Of(string arch) => All().Single(golden => golden.Arch == arch);

    /// <summary>Builds the network with the golden weights.</summary>
    public nn.Module<Tensor, Tensor> BuildNetwork(ScalarType type)
    {
        nn.Module<Tensor, Tensor> network = Space.BuildNetwork(Architecture, new NetworkShape());
        network.to(type);
        WeightInitializer.SplitMix.Initialize(network, seed: 0);
        return network;
    }

    /// <summary>Reads the first images.</summary>
    public Tensor Images(ScalarType type, int count) =>
        ProbeImages.FromFile(TestData.Path("cifar10-train-400.bin")).Take(count, type, CPU);

    /// <summary>Makes the golden batch: 32 images and their noise.</summary>
    public ProbeBatch Batch(ScalarType type)
    {
        using Tensor images = Images(type, 32);
        return new ProbeBatch(images, noise: NoiseGenerator.SplitMix);
    }
}
#endif
