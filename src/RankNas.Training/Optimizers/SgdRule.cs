using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training.Optimizers;

/// <summary>PyTorch's SGD: the velocity is momentum · velocity + gradient.</summary>
internal sealed class SgdRule(TrainingOptions options, IReadOnlyList<TrainedWeight> weights) : UpdateRule(weights, options.Momentum > 0 ? [Velocity] : [])
{
    private const string Velocity = "momentum";

    protected override void Apply(IReadOnlyList<Tensor?> gradients, double learningRate, long step)
    {
        using Scalar momentum = options.Momentum;
        using Scalar minusRate = -learningRate;
        for (int place = 0; place < Weights.Count; place++)
        {
            if (gradients[place] is not { } gradient)
            {
                continue;
            }

            TrainedWeight weight = Weights[place];
            if (weight.Decay > 0)
            {
                using Scalar decay = weight.Decay;
                gradient = gradient.add(weight.Value, decay);
            }

            Tensor direction = gradient;
            if (options.Momentum > 0)
            {
                Tensor velocity = StateOf(Velocity, weight);
                velocity.mul_(momentum).AddInPlace(gradient);
                direction = options.Nesterov ? gradient.add(velocity, momentum) : velocity;
            }

            weight.Value.add_(direction, minusRate);
        }
    }
}
