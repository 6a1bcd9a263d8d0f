using System.Globalization;
using RankNas.Initialization;
using RankNas.Proxies.Blocks;
using RankNas.Proxies.Gradients;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>AZ-NAS's trainability: how well the blocks preserve the norm of gradients. Higher is better.</summary>
/// <remarks>
/// The mean over blocks of 2 − σ − 1/(σ + 1e-6), at most about 0, for σ = 1. σ is the largest singular value of the block's Jacobian,
/// estimated with random g of ±1, drawn from <see cref="ProbeBatch.Seed"/>, as that of the mean over pixels of (Jᵀg)·gᵀ. If a block
/// reduces the size of its images, the input pixels of an output pixel count as its channels. −∞ if a block is the identity. The
/// first block has no predecessor and does not count. A block is scored for what the network passes into it, layers between the blocks included. BatchNorm uses batch statistics. The network needs
/// a graph with blocks, as NATS-Bench's networks have. Lee and Ham, <em>AZ-NAS: Assembling Zero-Cost Proxies for Network Architecture
/// Search</em>, CVPR 2024, Section 3, and the authors' program; there the images are standard normal noise.
/// </remarks>
public sealed class Trainability : IZeroCostProxy
{
    private const double LeastSingularValue = 1e-6;

    /// <inheritdoc/>
    public string Id => "trainability";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public NetworkNeeds Needs => NetworkNeeds.Blocks;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network has no graph with at least two blocks.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        IReadOnlyList<nn.Module<Tensor, Tensor>> blocks = BlockNetworks.BlocksOf(network, this);
        using var pass = new GradientPass(network, batch);
        using var watched = new WatchedBlocks(blocks.Skip(1), batch.Seed);
        network.call(pass.Images(batch.Size)).Dispose();
        return watched.Sum / (blocks.Count - 1);
    }

    private static double ScoreOf(Tensor flowingBack, Tensor signs)
    {
        if (flowingBack.Sizes().SequenceEqual(signs.Sizes()) && flowingBack.eq(signs).all().item<bool>())
        {
            return double.NegativeInfinity;
        }

        double σ = LargestSingularValue(PixelRows.Of(FoldedLike(signs, flowingBack)), PixelRows.Of(signs));
        return 2 - σ - (1 / (σ + LeastSingularValue));
    }

    private static Tensor DrawSigns(Tensor output, long seed)
    {
        using var generator = new Generator((ulong)seed, CPU);
        return randn(output.Sizes(), dtype: ScalarType.Float32, device: CPU, generator: generator).sign().to(output.dtype).to(output.device);
    }

    // An image rounded up has pixels at its border that nothing came from.
    private static Tensor FoldedLike(Tensor output, Tensor input)
    {
        if (output.dim() != 4 || input.dim() != 4)
        {
            return input;
        }

        (long height, long width) = (output.size(2), output.size(3));
        long stride = (input.size(2) + height - 1) / height;
        if (stride == 1)
        {
            return input;
        }

        Tensor padded = nn.functional.pad(input, [0, (stride * width) - input.size(3), 0, (stride * height) - input.size(2)]);
        return nn.functional.pixel_unshuffle(padded, stride);
    }

    private static double LargestSingularValue(Tensor flowingBack, Tensor signs)
    {
        if (flowingBack.size(0) != signs.size(0))
        {
            throw new NotSupportedException("Trainability needs blocks that keep their images' height and width, or divide both by the same whole number, and blocks of tokens that keep their number.");
        }

        Tensor mean = flowingBack.t().mm(signs).to(ScalarType.Float64).Times(1.0 / signs.size(0));
        return linalg.svdvals(mean.cpu()).max().ReadNumber();
    }

    /// <summary>Differentiates each block by what the network passes into it, which need not be what the block before it gives.</summary>
    /// <remarks>What comes out of a block is constant for those that follow, so no more than one block is kept for its backward pass.</remarks>
    private sealed class WatchedBlocks : IDisposable
    {
        private readonly long _seed;
        private readonly Action[] _removals;
        private Tensor? _input;
        private int _seen;

        public WatchedBlocks(IEnumerable<nn.Module<Tensor, Tensor>> blocks, long seed)
        {
            _seed = seed;
            _removals = [.. blocks.SelectMany(block => (Action[])[block.register_forward_pre_hook((_, input) => Begin(input)).remove, block.register_forward_hook((_, _, output) => End(output)).remove])];
        }

        /// <summary>Gets the sum of the scores of the blocks that ran.</summary>
        public double Sum { get; private set; }

        public void Dispose()
        {
            Array.ForEach(_removals, remove => remove());
            _input?.Dispose();
        }

        private Tensor Begin(Tensor input) => _input = input.detach().requires_grad_(true);

        private Tensor End(Tensor output)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor signs = DrawSigns(output, StableSeed.Derive(_seed, "trainability", (++_seen).ToString(CultureInfo.InvariantCulture)));
            Tensor flowingBack = Derivatives.Of((output * signs).sum(), [_input!])[0];
            Sum += ScoreOf(flowingBack, signs);
            Tensor constant = output.detach().MoveToOuterDisposeScope();
            output.Dispose();
            _input!.Dispose();
            return constant;
        }
    }
}
