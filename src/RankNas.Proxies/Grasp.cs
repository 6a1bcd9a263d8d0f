using System.Runtime.InteropServices;
using RankNas.Files;
using RankNas.Proxies.Gradients;
using RankNas.Torch;
using RankNas.Torch.Hooks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>GraSP: how a step along the weights changes the flow of gradients. Higher is better.</summary>
/// <remarks>
/// Σ −w · (H g) over the weights w of convolutions and linear layers, g = ∂L/∂w and H = ∂²L/∂w² by those weights, L the mean cross-entropy
/// of the batch, BatchNorm on batch statistics; the same as minus the derivative of ‖g‖²/2 by the scale of all the weights. If the batch
/// has no labels, or labels outside the network's classes, random labels are drawn from <see cref="ProbeBatch.Seed"/>. Wang et al.,
/// <em>Picking Winning Tickets Before Training by Preserving Gradient Flow</em>, ICLR 2020; as a proxy, with this sign and this direction
/// and without that paper's temperature, Abdelfattah et al., <em>Zero-Cost Proxies for Lightweight NAS</em>, ICLR 2021.
/// </remarks>
public sealed class Grasp : IZeroCostProxy
{
    /// <inheritdoc/>
    public string Id => "grasp";

    /// <inheritdoc/>
    public string Settings => ProbeLabels.Setting;

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network has no convolution and no linear layer, or its loss does not depend on any weight, or libtorch has no second derivative of a layer.
    /// </exception>
    /// <exception cref="InvalidOperationException">The network does not return logits <c>[N, classes]</c>.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        IReadOnlyList<Parameter> weights = pass.WeightsFor(this);
        return network is GraphModule ? ByScale(network, pass, weights) : ByWeights(pass, weights);
    }

    // −w·(H g) is minus the derivative of ‖g‖²/2 by t, the scale of all weights. The layers' inputs are scaled by t in their place, so that the derivative
    // by a weight is t times its own: c·(∂L/∂w)/t has the derivative Σ by t that is wanted, where c is g, held constant, and t = 1. It needs no second
    // derivative by any weight. A graph calls each layer where hooks see it, and overwrites nothing.
    private double ByScale(nn.Module network, GradientPass pass, IReadOnlyList<Parameter> weights)
    {
        Tensor scale = ones([], dtype: weights[0].dtype, device: weights[0].device, requires_grad: true);
        Tensor loss;
        using (LayerHooks.AttachScaling(network, LayerKinds.Convolution | LayerKinds.Linear, scale))
        {
            loss = pass.LossFor(this);
        }

        GradientPass.ThrowIfConstant(this, loss);
        Tensor[] gradients = Derivatives.DifferentiableOf(loss, weights);
        Tensor[] constants = [.. gradients.Select(gradient => gradient.detach())];
        Tensor curvature = SecondDerivativesOf(ProductOf(constants, gradients), [scale])[0];
        return constants.Sum(SquaredNorm.Of) - curvature.to(ScalarType.Float64).ReadNumber();
    }

    private double ByWeights(GradientPass pass, IReadOnlyList<Parameter> weights)
    {
        Tensor loss = pass.LossFor(this);
        Tensor[] constants = GradientPass.DerivativesFor(this, loss, weights, keepGraph: true);
        Tensor[] gradients = Derivatives.DifferentiableOf(loss, weights);

        // The derivative of c·g by w is H c; c is g, held constant.
        Tensor[] curvatures = SecondDerivativesOf(ProductOf(constants, gradients), weights);
        using IDisposable guard = no_grad();
        return weights.Zip(curvatures, (weight, curvature) => -(weight * curvature).sum(ScalarType.Float64).ReadNumber()).Sum();
    }

    private static Tensor ProductOf(Tensor[] constants, Tensor[] gradients) =>
        constants.Zip(gradients, (constant, gradient) => (constant * gradient).sum()).Aggregate(TensorArithmetic.Plus);

    private Tensor[] SecondDerivativesOf(Tensor product, IReadOnlyList<Tensor> weights)
    {
        try
        {
            return Derivatives.Of(product, weights);
        }
        catch (ExternalException exception) when (exception.Message.Contains("is not implemented", StringComparison.Ordinal))
        {
            throw new ProxyNotApplicableException($"{Id} saw no second derivative of a layer ({ErrorText.FirstLineOf(exception)})");
        }
    }
}
