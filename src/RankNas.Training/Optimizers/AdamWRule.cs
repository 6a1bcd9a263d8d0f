using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training.Optimizers;

/// <summary>PyTorch's AdamW: decoupled weight decay, and both means corrected for their beginning at 0.</summary>
internal sealed class AdamWRule(TrainingOptions options, IReadOnlyList<TrainedWeight> weights) : UpdateRule(weights, [First, Second])
{
    private const string First = "mean";
    private const string Second = "mean-square";

    protected override void Apply(IReadOnlyList<Tensor?> gradients, double learningRate, long step)
    {
        using Scalar beta1 = options.Beta1;
        using Scalar rest1 = 1 - options.Beta1;
        using Scalar beta2 = options.Beta2;
        using Scalar rest2 = 1 - options.Beta2;
        using Scalar correction = Math.Sqrt(1 - Math.Pow(options.Beta2, step));
        using Scalar one = 1;
        using Scalar epsilon = options.Epsilon;
        using Scalar minusSize = -learningRate / (1 - Math.Pow(options.Beta1, step));
        for (int place = 0; place < Weights.Count; place++)
        {
            if (gradients[place] is not { } gradient)
            {
                continue;
            }

            TrainedWeight weight = Weights[place];
            if (weight.Decay > 0)
            {
                using Scalar kept = 1 - learningRate * weight.Decay;
                weight.Value.mul_(kept);
            }

            Tensor mean = StateOf(First, weight), meanSquare = StateOf(Second, weight);
            mean.mul_(beta1).add_(gradient, rest1);
            meanSquare.mul_(beta2).addcmul_(gradient, gradient, rest2);
            weight.Value.addcdiv_(mean, meanSquare.sqrt().div_(correction).add_(epsilon, one), minusSize);
        }
    }
}
