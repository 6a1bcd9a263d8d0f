using RankNas.Proxies;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training.Optimizers;

/// <summary>The norm of all gradients together, and their clipping to a largest one, as PyTorch's <c>clip_grad_norm_</c> does it.</summary>
internal static class GradientNorm
{
    public static double Clip(IReadOnlyList<Tensor?> gradients, double largest)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor[] present = [.. gradients.OfType<Tensor>()];
        if (present.Length == 0)
        {
            return 0;
        }

        double norm = Math.Sqrt(stack([.. present.Select(gradient => gradient.mul(gradient).sum())]).to(ScalarType.Float64).sum().ReadNumber());
        double factor = largest / (norm + 1e-6);
        if (factor < 1)
        {
            using Scalar held = factor;
            foreach (Tensor gradient in present)
            {
                gradient.mul_(held);
            }
        }

        return norm;
    }
}
