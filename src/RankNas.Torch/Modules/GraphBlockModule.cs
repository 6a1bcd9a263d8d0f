using TorchSharp.Modules;

namespace RankNas.Torch.Modules;

/// <summary>A block of a graph, from the features that it takes to those that it gives.</summary>
/// <param name="run">Runs the block. A field of the network's own type would be registered as a module of the block's.</param>
internal sealed class GraphBlockModule(Func<Tensor, Tensor> run) : nn.Module<Tensor, Tensor>(nameof(GraphBlockModule)), IGraphScope
{
    public void Add(string name, nn.Module module) => register_module(name, module);

    public void Add(string name, Parameter parameter) => register_parameter(name, parameter);

    public override Tensor forward(Tensor input) => run(input);
}
