using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RankNas.Tests;

public sealed class PlainSpace() : ChoiceSearchSpace(
    "plain",
    new Choice("depth", 1, 2, 3),
    new Choice("width", 8, 16, 24),
    new Choice("pooling", "max", "average"))
{
    public override Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape)
    {
        int width = NumberOf(architecture, "width");
        List<Module<Tensor, Tensor>> layers = [Conv2d(shape.Channels, width, 3, padding: 1, bias: false), BatchNorm2d(width), ReLU()];
        for (int layer = 1; layer < NumberOf(architecture, "depth"); layer++)
        {
            layers.AddRange([Conv2d(width, width, 3, padding: 1, bias: false), BatchNorm2d(width), ReLU()]);
        }

        layers.Add(ValueOf(architecture, "pooling") == "max" ? MaxPool2d(2) : AvgPool2d(2));
        layers.AddRange([AdaptiveAvgPool2d(1), Flatten(), Linear(width, shape.Classes)]);
        return Sequential(layers);
    }
}
