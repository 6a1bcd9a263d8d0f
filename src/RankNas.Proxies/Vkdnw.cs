using System.Globalization;
using RankNas.Proxies.Gradients;
using RankNas.Torch;
using RankNas.Torch.Hooks;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>VKDNW: how evenly the images inform about the weights. Higher is better.</summary>
/// <remarks>
/// −Σ l·ln l, l = λ_k/Σ λ, λ_1 … λ_9 the 10th to 90th percentiles, interpolated linearly, of the eigenvalues of the Fisher matrix
/// F = mean over images x of Jᵀ(diag p − p·pᵀ)J, p <c>[C]</c> the softmax of the logits of x, and J <c>[C, weights]</c> their derivatives by
/// <see cref="VkdnwOptions.WeightsPerLayer"/> weights of each convolution and linear layer. From 0 to ln 9. <see cref="VkdnwForm.Single"/> adds the
/// number of these layers. Only layers that the logits depend on count.
/// <para>
/// BatchNorm uses the statistics of the batch, held constant, so that each image has a Jacobian of its own. F has at most N·(C − 1) eigenvalues that
/// are not 0: with more weights than that the lower deciles are 0, and the entropy counts the others alone. Labels do not count. It takes one
/// forward pass, and C − 1 backward passes, without gradients of weights.
/// </para>
/// Týbl and Neumann, <em>Training-free Neural Architecture Search through Variance of Knowledge of Deep Network Weights</em>, CVPR 2025; which weights are
/// taken is our choice.
/// </remarks>
public sealed class Vkdnw : IZeroCostProxy
{
    private const int Deciles = 9;

    private readonly VkdnwForm _form;
    private readonly VkdnwOptions _options;

    /// <summary>Initializes the proxy.</summary>
    /// <param name="form">Which form to score.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="form"/> is none of the forms.</exception>
    public Vkdnw(VkdnwForm form = VkdnwForm.Single, VkdnwOptions? options = null)
    {
        if (!Enum.IsDefined(form))
        {
            throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such form.");
        }

        _form = form;
        _options = options ?? new VkdnwOptions();
    }

    /// <inheritdoc/>
    public string Id => _form == VkdnwForm.Single ? "vkdnw" : "vkdnw-entropy";

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture, $"weights-per-layer={_options.WeightsPerLayer}");

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network runs no convolution or linear layer by <c>call</c>, or some by <c>forward</c>, or BatchNorm in such a way; or its logits do not
    /// depend on any weight, or their deciles are all 0; or it has a transposed convolution.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The batch dimension of a layer is not the number of images, or the network does not return logits <c>[N, classes]</c>.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        if (network.modules().Prepend(network).FirstOrDefault(WeightEntry.IsTransposed) is { } transposed)
        {
            throw new ProxyNotApplicableException($"{Id} is not defined for {transposed.GetType().Name}");
        }

        using var calls = CallLog.Attach(network);
        using var statistics = new FrozenStatistics(network);
        using var gradients = new ImageGradients(network, batch.Size, _options.WeightsPerLayer);
        Tensor logits = pass.Logits(batch.Size);
        ProxyNotApplicableException.ThrowIfNone(logits.size(1) - 1, this, GradientPass.SecondClass, "of one class the probability is 1, whatever the network");
        HiddenLayers.ThrowIfAny(calls, this, LayerKinds.Convolution, LayerKinds.Linear);
        if (FrozenStatistics.FindUnseen(calls) is { } hidden)
        {
            throw new ProxyNotApplicableException($"{Id} did not see {hidden}");
        }

        ProxyNotApplicableException.ThrowIfNone(gradients.Layers, this, GradientPass.Layers);
        double[]? eigenvalues = FisherEigenvalues(logits, gradients);
        ProxyNotApplicableException.ThrowIfNone(eigenvalues is null ? 0 : 1, this, "weight that the logits depend on", hint: null);
        double[] deciles = DecilesOf(eigenvalues!);
        ProxyNotApplicableException.ThrowIfNone(deciles.Count(decile => decile != 0), this, "decile above 0", "too few images or classes for so many weights");
        double entropy = EntropyOf(deciles);
        return _form == VkdnwForm.Single ? gradients.Layers + entropy : entropy;
    }

    // F = AᵀA of rows A, one for each image and class; fewer rows than columns have the same eigenvalues but zeros.
    private static double[]? FisherEigenvalues(Tensor logits, ImageGradients gradients)
    {
        if (JacobianOf(logits, gradients) is not { } jacobian)
        {
            return null;
        }

        // diag p − p·pᵀ is S·Sᵀ of S = diag √p · (I − √p·√pᵀ), as the latter is a projection.
        using IDisposable guard = no_grad();
        Tensor roots = logits.detach().to(ScalarType.Float64).softmax(1).sqrt().unsqueeze(2);
        Tensor scaled = roots * jacobian;
        Tensor projected = scaled - (roots * (roots * scaled).sum([1], keepdim: true));
        Tensor rows = projected.flatten(0, 1).Times(1 / Math.Sqrt(logits.size(0))).cpu();
        Tensor product = rows.size(0) < rows.size(1) ? rows.mm(rows.t()) : rows.t().mm(rows);
        if (!product.isfinite().all().item<bool>())
        {
            return [double.NaN];
        }

        IEnumerable<double> found = linalg.eigvalsh(product).data<double>();
        double[] positive = [.. found.Select(eigenvalue => Math.Max(0, eigenvalue))];
        return [.. Enumerable.Repeat(0.0, (int)rows.size(1) - positive.Length), .. positive.Order()];
    }

    // [N, C, weights]. A number that is added to all logits of an image does not change p: the last logit is taken as 0, which saves a pass.
    private static Tensor? JacobianOf(Tensor logits, ImageGradients gradients)
    {
        int last = (int)logits.size(1) - 1;
        Tensor differences = logits - logits.narrow(1, last, 1);
        var rows = new List<Tensor>();
        for (int index = 0; index < last; index++)
        {
            if (gradients.Of(differences.select(1, index).sum(), keepGraph: index < last - 1) is not { } derivatives)
            {
                return null;
            }

            rows.Add(derivatives);
        }

        return rows.Count == 0 ? null : stack([.. rows, zeros_like(rows[0])], 1);
    }

    private static double EntropyOf(double[] deciles)
    {
        double sum = deciles.Sum();
        return -deciles.Select(decile => decile / sum).Where(share => share != 0).Sum(share => share * Math.Log(share));
    }

    private static double[] DecilesOf(double[] ordered) => [.. Enumerable.Range(1, Deciles).Select(decile =>
    {
        double place = decile * (ordered.Length - 1) / (Deciles + 1.0);
        int below = (int)place;
        double above = ordered[Math.Min(below + 1, ordered.Length - 1)];
        return ordered[below] + ((place - below) * (above - ordered[below]));
    })];
}
