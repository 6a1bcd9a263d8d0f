using RankNas.Initialization;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Draws the noise z of X′ = X + z, for normalised images.</summary>
public abstract class NoiseGenerator
{
    /// <summary>Gets standard normal noise, N(0, 1), as in the paper.</summary>
    public static NoiseGenerator Gaussian { get; } = new GaussianNoise();

    /// <summary>Gets uniform noise of unit variance from SplitMix64, the same on every runtime and in every language.</summary>
    public static NoiseGenerator SplitMix { get; } = new SplitMixNoise();

    /// <summary>Gets the name, part of each stored score's key.</summary>
    public abstract string Id { get; }

    /// <summary>Draws noise on the CPU.</summary>
    /// <param name="shape">The shape of the images, <c>[N, C, H, W]</c>.</param>
    /// <param name="seed">The seed; the same one gives the same noise.</param>
    /// <returns>Noise of mean 0 and variance 1, float32 or float64.</returns>
    public abstract Tensor Draw(ReadOnlySpan<long> shape, long seed);

    private sealed class GaussianNoise : NoiseGenerator
    {
        public override string Id => "gaussian";

        public override Tensor Draw(ReadOnlySpan<long> shape, long seed)
        {
            using var generator = new Generator((ulong)StableSeed.Derive(seed, "noise"), CPU);
            return randn(shape, dtype: ScalarType.Float32, device: CPU, generator: generator);
        }
    }

    private sealed class SplitMixNoise : NoiseGenerator
    {
        // The seed moves the stream; seed 0 is the stream of the published reference figures.
        private const ulong ReferenceStream = 7;

        public override string Id => "splitmix";

        public override Tensor Draw(ReadOnlySpan<long> shape, long seed)
        {
            long count = 1;
            foreach (long size in shape)
            {
                count *= size;
            }

            double[] values = new double[count];
            SplitMix64.FillUnitVariance(ReferenceStream + (ulong)seed, 1.0, values);
            using Tensor flat = tensor(values, device: CPU);
            return flat.reshape(shape.ToArray());
        }
    }
}
