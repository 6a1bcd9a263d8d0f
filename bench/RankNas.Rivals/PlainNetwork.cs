using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Rivals;

/// <summary>A NATS-Bench network run module by module in whatever layout its images have, as a straightforward program would.</summary>
internal sealed class PlainNetwork : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor>[] _stages;
    private readonly nn.Module<Tensor, Tensor> _classifier;

    public PlainNetwork(nn.Module<Tensor, Tensor> network)
        : base(nameof(PlainNetwork))
    {
        register_module("network", network);
        Dictionary<string, nn.Module> parts = network.named_modules().DistinctBy(part => part.name).ToDictionary(part => part.name, part => part.module);
        _stages =
        [
            .. ((nn.Module[])[parts["stem"], .. parts["cells"].children(), parts["lastact.0"], parts["lastact.1"], parts["global_pooling"]]).Select(Callable),
        ];
        _classifier = Callable(parts["classifier"]);
    }

    public override Tensor forward(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor features = images.alias();
        foreach (nn.Module<Tensor, Tensor> stage in _stages)
        {
            Tensor next = stage.call(features);
            features.Dispose();
            features = next;
        }

        return _classifier.call(features.flatten(1)).MoveToOuterDisposeScope();
    }

    private static nn.Module<Tensor, Tensor> Callable(nn.Module part) => (nn.Module<Tensor, Tensor>)part;
}
