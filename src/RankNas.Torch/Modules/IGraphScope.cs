using TorchSharp.Modules;

namespace RankNas.Torch.Modules;

/// <summary>A part of a graph's module tree that holds layers by name.</summary>
internal interface IGraphScope
{
    void Add(string name, nn.Module module);

    void Add(string name, Parameter parameter);
}
