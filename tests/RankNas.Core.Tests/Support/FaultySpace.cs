using System.Numerics;
using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Support;

/// <summary>The tiny space, of which a test may have any member fail.</summary>
internal sealed class FaultySpace : IModuleSearchSpace
{
    private readonly TinySpace _inner = new();

    public Func<string> IdOf { get; init; } = () => "faulty";

    public Func<Architecture?>? SampleInstead { get; init; }

    public Func<Architecture?>? MutateInstead { get; init; }

    public Func<Architecture?>? CanonicalizeInstead { get; init; }

    public Func<string, Architecture?>? ParseInstead { get; init; }

    public Func<NetworkShape, nn.Module<Tensor, Tensor>?>? BuildInstead { get; init; }

    public string Id => IdOf();

    public BigInteger Count => _inner.Count;

    public Architecture Parse(string text) => ParseInstead is null ? _inner.Parse(text) : ParseInstead(text)!;

    public Architecture FromIndex(long index) => _inner.FromIndex(index);

    public long IndexOf(Architecture architecture) => _inner.IndexOf(architecture);

    public bool IsViable(Architecture architecture) => true;

    public Architecture Sample(Random random) => SampleInstead is null ? _inner.Sample(random) : SampleInstead()!;

    public Architecture Mutate(Architecture architecture, Random random) =>
        MutateInstead is null ? _inner.Mutate(architecture, random) : MutateInstead()!;

    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random) =>
        _inner.Crossover(first, second, random);

    public Architecture Neighbor(Architecture architecture, Random random) => _inner.Neighbor(architecture, random);

    public Architecture? Canonicalize(Architecture architecture) => CanonicalizeInstead?.Invoke();

    public nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) =>
        BuildInstead is null ? _inner.BuildNetwork(architecture, shape) : BuildInstead(shape)!;
}
