using static TorchSharp.torch;

namespace RankNas.Proxies.Gradients;

/// <summary>Derivatives by automatic differentiation, which leave the gradients that variables have as they are.</summary>
/// <remarks>
/// What cannot be differentiated, such as an activation that is overwritten in place, is an exception here: <c>autograd.grad</c> of
/// TorchSharp 0.107 ends the process instead.
/// </remarks>
internal static class Derivatives
{
    /// <summary>Differentiates a scalar.</summary>
    /// <param name="value">The scalar.</param>
    /// <param name="variables">What to differentiate by: leaves that take gradients, each once.</param>
    /// <param name="keepGraph">Whether what the scalar was computed from will be differentiated again.</param>
    /// <returns>For each variable a tensor of its shape; zeros where the scalar does not depend on it.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch cannot differentiate it.</exception>
    public static Tensor[] Of(Tensor value, IReadOnlyList<Tensor> variables, bool keepGraph = false)
    {
        Tensor?[] derivatives = WhereAny(value, variables, keepGraph);
        return [.. variables.Zip(derivatives, (variable, derivative) => derivative ?? zeros_like(variable))];
    }

    /// <summary>Differentiates a scalar by leaves, or by what was computed from them and retains its gradient.</summary>
    /// <returns>For each variable a tensor of its shape; null where the scalar does not depend on it.</returns>
    /// <inheritdoc cref="Of"/>
    public static Tensor?[] WhereAny(Tensor value, IReadOnlyList<Tensor> variables, bool keepGraph = false)
    {
        if (!value.requires_grad)
        {
            return new Tensor?[variables.Count];
        }

        Tensor?[] own = [.. variables.Select(Take)];
        try
        {
            value.backward(retain_graph: keepGraph, inputs: [.. variables]);
            return [.. variables.Select(Take)];
        }
        finally
        {
            foreach ((Tensor variable, Tensor? gradient) in variables.Zip(own))
            {
                variable.grad = gradient;
            }
        }
    }

    /// <summary>Differentiates a scalar so that the derivatives can be differentiated themselves.</summary>
    /// <remarks>Only what <see cref="Of"/> has differentiated with success, by the same variables, may come here.</remarks>
    /// <inheritdoc cref="Of"/>
    public static Tensor[] DifferentiableOf(Tensor value, IReadOnlyList<Tensor> variables)
    {
        if (!value.requires_grad)
        {
            return [.. variables.Select(variable => zeros_like(variable))];
        }

        // Not by backward as above, which would warn of it on standard error.
        IList<Tensor> found = autograd.grad([value], [.. variables], retain_graph: true, create_graph: true, allow_unused: true);
        return [.. variables.Zip(
            found, (variable, derivative) => derivative is null || derivative.IsInvalid ? zeros_like(variable) : derivative)];
    }

    private static Tensor? Take(Tensor variable)
    {
        Tensor? gradient = variable.grad;
        variable.grad = null;
        return gradient;
    }
}
