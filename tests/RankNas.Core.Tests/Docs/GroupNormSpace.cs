using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RankNas.Core.Tests.Docs;

public sealed class GroupNormSpace() : ChoiceSearchSpace("group-norm", new Choice("width", 8, 16), new Choice("groups", 2, 4)), IModuleSearchSpace
{
    public Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape)
    {
        int width = NumberOf(architecture, "width");
        return Sequential(
            Conv2d(shape.Channels, width, 3, padding: 1, bias: false), GroupNorm(NumberOf(architecture, "groups"), width), PReLU(width),
            AdaptiveAvgPool2d(1), Flatten(), Linear(width, shape.Classes));
    }
}
