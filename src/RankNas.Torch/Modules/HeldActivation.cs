using RankNas.Graphs.Operations;

namespace RankNas.Torch.Modules;

/// <summary>An activation that takes numbers beside the tensor, which live until libtorch has read them.</summary>
/// <remarks>TorchSharp's own modules let them go too early: see <see cref="TensorArithmetic"/>. So is one whose own module has no second derivative.</remarks>
internal sealed class HeldActivation(ActivationOperation operation) : nn.Module<Tensor, Tensor>(operation.Function.ToString())
{
    /// <summary>Tells whether TorchSharp's module of a function lets numbers go too early.</summary>
    public static bool Serves(ActivationFunction function) => function is ActivationFunction.LeakyRelu or ActivationFunction.Elu
        or ActivationFunction.Mish or ActivationFunction.Softplus or ActivationFunction.Softsign or ActivationFunction.HardSigmoid;

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        using Scalar slope = operation.Slope;
        using Scalar one = 1;
        Tensor output = operation.Function switch
        {
            ActivationFunction.LeakyRelu => input.leaky_relu(slope),
            ActivationFunction.Elu => input.elu(one, one, one),
            ActivationFunction.Mish => input.mul(Softplus(input).tanh()),
            ActivationFunction.Softplus => Softplus(input),
            ActivationFunction.Softsign => input.div(input.abs().add(one, one)),
            ActivationFunction.HardSigmoid => HardSigmoid(input),
            _ => throw new NotSupportedException($"{operation.Function} takes no numbers."),
        };
        return output.MoveToOuterDisposeScope();
    }

    // libtorch's own has no second derivative.
    private static Tensor HardSigmoid(Tensor input)
    {
        if (!input.requires_grad)
        {
            return nn.functional.hardsigmoid(input);
        }

        using Scalar zero = 0, one = 1, three = 3, six = 6;
        return input.add(three, one).clamp(zero, six).div(six);
    }

    // ln(1 + eˣ), which does not overflow so.
    private static Tensor Softplus(Tensor input) => input.relu().Plus(input.abs().neg().exp().log1p());
}
