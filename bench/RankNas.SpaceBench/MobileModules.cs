using CustomSpace;
using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RankNas.SpaceBench;

/// <summary>The sample's space, its networks written by hand with TorchSharp, so that they are scored by hooks.</summary>
internal sealed class MobileModules() : ChoiceSearchSpace("mobile-modules", new MobileSpace().Choices), IModuleSearchSpace
{
    private const int Stages = 3;
    private const int StemWidth = 16;

    public Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape)
    {
        List<Module<Tensor, Tensor>> layers =
        [
            Conv2d(shape.Channels, StemWidth, 3, padding: 1, bias: false), BatchNorm2d(StemWidth), ReLU(),
        ];
        int width = StemWidth;
        for (int stage = 1; stage <= Stages; stage++)
        {
            int next = NumberOf(architecture, $"width{stage}");
            for (int block = 0; block < NumberOf(architecture, $"depth{stage}"); block++)
            {
                layers.Add(new InvertedResidual(
                    width, next, NumberOf(architecture, $"kernel{stage}"), NumberOf(architecture, $"expansion{stage}"), stride: block == 0 ? 2 : 1));
                width = next;
            }
        }

        layers.AddRange([AdaptiveAvgPool2d(1), Flatten(), Linear(width, shape.Classes)]);
        return Sequential(layers);
    }
}
