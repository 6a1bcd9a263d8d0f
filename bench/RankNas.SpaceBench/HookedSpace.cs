using System.Numerics;
using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RankNas.SpaceBench;

/// <summary>A space whose networks hide their graphs, so that they are scored by hooks on the same layers.</summary>
internal sealed class HookedSpace(ISearchSpace space) : IModuleSearchSpace
{
    public string Id => $"{space.Id} by hooks";

    public BigInteger Count => space.Count;

    public Size2D? ImageSize => space.ImageSize;

    public Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) => new Opaque(space.Describe(architecture, shape).ToModule());

    public Architecture Parse(string text) => space.Parse(text);

    public Architecture FromIndex(long index) => space.FromIndex(index);

    public long IndexOf(Architecture architecture) => space.IndexOf(architecture);

    public bool IsViable(Architecture architecture) => space.IsViable(architecture);

    public Architecture Sample(Random random) => space.Sample(random);

    public Architecture Mutate(Architecture architecture, Random random) => space.Mutate(architecture, random);

    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random) => space.Crossover(first, second, random);

    public Architecture Neighbor(Architecture architecture, Random random) => space.Neighbor(architecture, random);

    private sealed class Opaque : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _network;

        public Opaque(Module<Tensor, Tensor> network)
            : base(nameof(Opaque))
        {
            _network = network;
            register_module("network", network);
        }

        public override Tensor forward(Tensor input) => _network.call(input);
    }
}
