using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The images that proxies use, their labels, and the noise: one batch for all architectures of a run.</summary>
/// <remarks>Safe for concurrent reading. It keeps its own tensor handles, so the tensors passed in may be disposed.</remarks>
public sealed class ProbeBatch : IDisposable
{
    private readonly Lazy<Tensor> _noise;
    private readonly Lazy<Tensor> _noisyImages;

    /// <summary>Initializes a batch.</summary>
    /// <param name="images">Normalised images <c>[N, C, H, W]</c>, or whatever else the network takes, such as rows <c>[N, F]</c> and sequences <c>[N, T, F]</c>; floating point.</param>
    /// <param name="labels">Class indices <c>[N]</c>, int64, where they are known.</param>
    /// <param name="noise">How the noise is drawn; <see cref="NoiseGenerator.Gaussian"/> where null.</param>
    /// <param name="noiseSeed">The seed of the noise, and of anything else that a proxy draws for the batch.</param>
    /// <exception cref="ArgumentException">The images are not floating point, have fewer than two dimensions or no values, or the labels do not match them.</exception>
    public ProbeBatch(Tensor images, Tensor? labels = null, NoiseGenerator? noise = null, long noiseSeed = 0)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() < 2 || images.numel() == 0 || !images.is_floating_point())
        {
            throw new ArgumentException(
                $"Images are [N, C, H, W], rows [N, F] and sequences [N, T, F], in floating point with N at least 1, not [{string.Join(", ", images.Sizes())}] in {images.dtype}.",
                nameof(images));
        }

        if (labels is not null && (labels.dim() != 1 || labels.size(0) != images.size(0) || labels.dtype != ScalarType.Int64))
        {
            throw new ArgumentException(
                $"Labels are [{images.size(0)}] in Int64, one for each image, not [{string.Join(", ", labels.Sizes())}] in {labels.dtype}.", nameof(labels));
        }

        Images = TensorLayout.ChannelsLast(images).DetachFromDisposeScope();
        Labels = labels?.alias().DetachFromDisposeScope();
        Seed = noiseSeed;
        NoiseGenerator generator = noise ?? NoiseGenerator.Gaussian;
        _noise = new Lazy<Tensor>(() => InScope(() => generator.Draw(Images.Sizes(), noiseSeed).to(Images.dtype).to(Images.device)));
        _noisyImages = new Lazy<Tensor>(() => InScope(AddNoise));
    }

    private ProbeBatch(ProbeBatch original)
    {
        Images = InScope(() => original.Images.clone());
        Labels = original.Labels is { } labels ? InScope(() => labels.clone()) : null;
        Seed = original.Seed;
        _noise = new Lazy<Tensor>(() => InScope(() => original.Noise.clone()));
        _noisyImages = new Lazy<Tensor>(() => InScope(() => original.NoisyImages.clone()));
    }

    /// <summary>Gets the normalised images <c>[N, C, H, W]</c>, or rows or sequences, on the CPU in channels_last memory format: <see cref="TensorLayout.ChannelsLast"/>.</summary>
    public Tensor Images { get; }

    /// <summary>Gets the class indices <c>[N]</c>, int64; null where they are not known.</summary>
    public Tensor? Labels { get; }

    /// <summary>Gets the noise, of the images' shape, drawn when first asked for.</summary>
    public Tensor Noise => _noise.Value;

    /// <summary>Gets <see cref="Images"/> plus <see cref="Noise"/>: X′ of the paper's Section 2.1.</summary>
    public Tensor NoisyImages => _noisyImages.Value;

    /// <summary>Gets the seed of the noise, from which a proxy derives the seed of anything else that it draws.</summary>
    public long Seed { get; }

    /// <summary>Gets the number of images.</summary>
    public int Size => (int)Images.size(0);

    /// <summary>Copies the batch for code that may change its tensors; the original must outlive the copy.</summary>
    internal ProbeBatch Copy() => new(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Labels?.Dispose();
        if (_noise.IsValueCreated)
        {
            _noise.Value.Dispose();
        }

        if (_noisyImages.IsValueCreated)
        {
            _noisyImages.Value.Dispose();
        }
    }

    // The number is held while libtorch reads it.
    private Tensor AddNoise()
    {
        using Scalar one = 1;
        return TensorLayout.ChannelsLast(Images.add(Noise, one));
    }

    // What is made lazily must outlive the scope of whoever asked first, and serve gradients whatever mode they were in.
    private static Tensor InScope(Func<Tensor> make)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable normal = inference_mode(false);
        using IDisposable guard = no_grad();
        return make().DetachFromDisposeScope();
    }
}
