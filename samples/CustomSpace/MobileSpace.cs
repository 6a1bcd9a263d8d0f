using RankNas;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CustomSpace;

/// <summary>Networks like MobileNetV2: three stages of inverted residual blocks, each with a depth, width, kernel and expansion of its own.</summary>
internal sealed class MobileSpace() : ChoiceSearchSpace("mobile", [.. Enumerable.Range(1, Stages).SelectMany(ChoicesOf)])
{
    private const int Stages = 3;
    private const int StemWidth = 16;

    public override Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape)
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

    private static IEnumerable<Choice> ChoicesOf(int stage) =>
    [
        new Choice($"depth{stage}", 1, 2, 3),
        new Choice($"width{stage}", 12 * stage, 16 * stage, 24 * stage),
        new Choice($"kernel{stage}", 3, 5),
        new Choice($"expansion{stage}", 2, 4, 6),
    ];
}
