using static TorchSharp.torch;

namespace RankNas;

/// <summary>Derivatives by automatic differentiation, which leave no gradient behind in any parameter.</summary>
internal static class Derivatives
{
    /// <summary>Differentiates a scalar.</summary>
    /// <param name="value">The scalar.</param>
    /// <param name="variables">What to differentiate by.</param>
    /// <param name="keepGraph">Whether what the scalar was computed from will be differentiated again.</param>
    /// <param name="differentiable">Whether the derivatives will be differentiated themselves.</param>
    /// <returns>For each variable a tensor of its shape; zeros where the scalar does not depend on it.</returns>
    public static Tensor[] Of(Tensor value, IReadOnlyList<Tensor> variables, bool keepGraph = false, bool differentiable = false)
    {
        if (!value.requires_grad)
        {
            return [.. variables.Select(variable => zeros_like(variable))];
        }

        IList<Tensor> found = autograd.grad(
            [value], [.. variables], retain_graph: keepGraph || differentiable, create_graph: differentiable, allow_unused: true);
        return [.. variables.Zip(
            found, (variable, derivative) => derivative is null || derivative.IsInvalid ? zeros_like(variable) : derivative)];
    }
}
