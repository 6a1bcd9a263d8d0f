using RankNas.Kernels;
using RankNas.Proxies.Blocks;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>NEAR: the effective rank of what goes into and comes out of an untrained network's activations. Higher is better.</summary>
/// <remarks>
/// Σ over activation layers of erank(Z) + erank(H), Z the pre-activations, H = f(Z), erank(M) = exp(−Σ p·ln p), p = σ_i/Σσ the shares of M's singular values, 0 for zeros.
/// Husistein, Reiher and Eckhoff, <em>NEAR: A Training-Free Pre-Estimator of Machine Learning Model Performance</em>, ICLR 2025.
/// <para>
/// Rows of Z are pixels, image after image and row after row, or tokens, or images where a layer has features alone; columns are the C channels or features. As in the paper, Z is made
/// square: C rows in succession. Of one layer there are R = min(N, max(1, ⌊512/C⌋)) such matrices, beginning at the first pixels of images 0, ⌊N/R⌋, 2·⌊N/R⌋, …, or as
/// late as there are C rows left, and their ranks are averaged; the paper averages over repetitions with other weights instead. Where all images have fewer than C rows, there is one matrix of all of them.
/// Layers without activation, such as a last linear layer, do not count.
/// </para>
/// </remarks>
public sealed class Near : IActivationProxy
{
    // So that the time for a layer grows with the square of its channels alone.
    private const int ColumnsOfLayer = 512;

    /// <inheritdoc/>
    public string Id => "near";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.Activation;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network calls no activation layer, or some ran unseen.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer(this);

    // R matrices of C rows, or one of all rows.
    private static Tensor MatricesOf(Tensor input)
    {
        Tensor rows = PixelRows.Of(input);
        (long count, long columns, long images) = (rows.size(0), rows.size(1), input.size(0));
        long height = Math.Min(columns, count), last = count - height;
        long matrices = last == 0 ? 1 : Math.Min(images, Math.Max(1, ColumnsOfLayer / columns));
        long step = images / matrices * (count / images);
        return stack([.. Enumerable.Range(0, (int)matrices).Select(index => rows.narrow(0, Math.Min(index * step, last), height))]);
    }

    private sealed class Observer(Near proxy) : IActivationObserver
    {
        private double _sum;
        private long _layers;

        public void Observe(ForwardPass pass, LayerInput input)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor before = MatricesOf(input.Tensor);
            Func<Tensor, Tensor> activation = input.Activation ?? throw new ProxyNotApplicableException($"{proxy.Id} does not know the function of an activation");

            // Some work in place, and those with weights in the network's own precision.
            Tensor after = activation(before.reshape(-1, before.size(-1)).to(input.Tensor.dtype, copy: true));
            _sum += input.Uses * (EffectiveRank.MeanOf(before) + EffectiveRank.MeanOf(after.reshape(before.size(0), before.size(1), -1)));
            _layers += input.Uses;
        }

        public double Complete()
        {
            ProxyNotApplicableException.ThrowIfNone(_layers, proxy, "activation");
            return _sum;
        }

        public void Dispose()
        {
        }
    }
}
