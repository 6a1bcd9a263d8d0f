using System.Globalization;
using RankNas.Proxies.Gradients;
using RankNas.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The condition number of the neural tangent kernel: how unevenly a network learns. Lower is better.</summary>
/// <remarks>
/// λ_max/λ_min of Θ = J·Jᵀ <c>[n, n]</c>, row i of J the gradient of image i's summed logits by all parameters, BatchNorm on the statistics
/// of the n images; +∞ if λ_min is not positive, within the rounding error of float64. Chen et al., <em>Neural Architecture Search on ImageNet
/// in Four GPU Hours: A Theoretically Inspired Perspective</em> (TE-NAS), ICLR 2021; the authors' program omits the biases.
/// </remarks>
public sealed class NtkConditionNumber : IZeroCostProxy
{
    private const double RoundingError = 2.220446049250313e-16;

    private readonly NtkOptions _options;

    /// <summary>Initializes the proxy.</summary>
    /// <param name="options">The settings; the defaults if null.</param>
    public NtkConditionNumber(NtkOptions? options = null) => _options = options ?? new NtkOptions();

    /// <inheritdoc/>
    public string Id => "ntk";

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture, $"images={_options.Images}");

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.LowerIsBetter;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network has no parameters, or its logits do not depend on them, or the batch has only one image.
    /// </exception>
    /// <exception cref="InvalidOperationException">The network does not return logits <c>[N, classes]</c>.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        IReadOnlyList<Parameter> parameters = pass.Parameters;
        ProxyNotApplicableException.ThrowIfNone(parameters.Count, this, "parameter", hint: null);
        ProxyNotApplicableException.ThrowIfNone(batch.Size - 1, this, "second image", "one image alone has no condition number");
        int images = Math.Min(_options.Images, batch.Size);
        Tensor outputs = pass.Logits(images).sum(1);
        ProxyNotApplicableException.ThrowIfNone(outputs.requires_grad ? 1 : 0, this, "parameter that the logits depend on", hint: null);
        Tensor[][] jacobian = [.. Enumerable.Range(0, images).Select(image => Derivatives.Of(outputs[image], parameters, keepGraph: true))];
        using IDisposable guard = no_grad();
        return ConditionNumber(KernelOf(jacobian));
    }

    // In float64: λ_min is a small difference of large numbers.
    private static Tensor KernelOf(Tensor[][] jacobian)
    {
        Tensor kernel = zeros([jacobian.Length, jacobian.Length], dtype: ScalarType.Float64, device: CPU);
        for (int parameter = 0; parameter < jacobian[0].Length; parameter++)
        {
            using var scope = NewDisposeScope();
            Tensor rows = stack(jacobian.Select(gradients => gradients[parameter].flatten())).to(ScalarType.Float64);
            kernel.AddInPlace(rows.mm(rows.t()).cpu());
        }

        return kernel;
    }

    private static double ConditionNumber(Tensor kernel)
    {
        if (!kernel.isfinite().all().item<bool>())
        {
            return double.NaN;
        }

        double[] eigenvalues = [.. linalg.eigvalsh(kernel).data<double>()];
        double least = eigenvalues.Min();
        double largest = eigenvalues.Max();
        return least > eigenvalues.Length * RoundingError * largest ? largest / least : double.PositiveInfinity;
    }
}
