namespace RankNas.Torch.Modules;

/// <summary>A name that holds layers: a part of a graph's module tree that nobody calls.</summary>
internal sealed class GraphScope() : nn.Module(nameof(GraphScope)), IGraphScope
{
    public void Add(string name, nn.Module module) => register_module(name, module);

    public void Add(string name, TorchSharp.Modules.Parameter parameter) => register_parameter(name, parameter);
}
