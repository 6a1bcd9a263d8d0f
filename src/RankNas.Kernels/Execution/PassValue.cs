using RankNas.Kernels.Convolutions;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>A value while a pass runs. Its tensors are in no dispose scope: it disposes them.</summary>
internal sealed class PassValue : IDisposable
{
    private readonly PassValue? _source;
    private readonly Lazy<Tensor> _features;
    private readonly Lazy<Tensor> _written;
    private readonly PendingProduct? _product;
    private readonly ChannelFactors? _factors;
    private readonly Clamp _clamp = Clamp.None;
    private readonly ChannelMoments? _moments;
    private readonly PendingSigns? _own;

    /// <summary>Initializes a value that lies in memory, and takes it over.</summary>
    /// <param name="features">The tensor.</param>
    /// <param name="moments">The moments of its channels, where they are known.</param>
    public PassValue(Tensor features, ChannelMoments? moments = null)
    {
        _features = _written = new Lazy<Tensor>(features.DetachFromDisposeScope());
        (Images, _moments) = ((int)features.size(0), moments);
    }

    /// <summary>Initializes a product that is written to memory only for those who cannot compute it while they read.</summary>
    /// <param name="product">The product.</param>
    /// <param name="images">The images.</param>
    public PassValue(PendingProduct product, int images)
    {
        (_product, Images) = (product, images);
        _features = _written = new Lazy<Tensor>(() => product.Compute().DetachFromDisposeScope());
    }

    /// <summary>Initializes another value brought into a range, which is written to memory only for those who cannot do so while they read.</summary>
    /// <param name="source">The other value, which must outlive this one.</param>
    /// <param name="clamp">The range.</param>
    public PassValue(PassValue source, Clamp clamp)
    {
        (_source, _features, _product, _factors, _clamp, Signs, Images) = (source, source._features, source._product, source._factors, clamp, source.Signs, source.Images);
        _written = new Lazy<Tensor>(() => clamp.Apply(source.Written.Value).DetachFromDisposeScope());
    }

    /// <summary>Initializes another value normalised, likewise.</summary>
    /// <param name="source">The other value, which must outlive this one.</param>
    /// <param name="factors">What normalises it.</param>
    /// <param name="signs">Where it is noted which values are greater than zero; null where nobody asks.</param>
    /// <param name="write">Writes it to memory.</param>
    public PassValue(PassValue source, ChannelFactors factors, PendingSigns? signs, Func<Tensor> write)
    {
        (_source, _features, _product, _factors, _own, Signs, Images) = (source, source._features, source._product, factors, signs, signs, source.Images);
        _written = new Lazy<Tensor>(() => write().DetachFromDisposeScope());
    }

    /// <summary>Gets how many images there are.</summary>
    public int Images { get; }

    /// <summary>Gets what lies in memory.</summary>
    public Tensor Features => _features.Value;

    /// <summary>Gets the signs of the value, where they are noted as it is read; those of a range are of what is brought into it.</summary>
    public PendingSigns? Signs { get; }

    /// <summary>Gets the value, written out when first asked for.</summary>
    public Lazy<Tensor> Written => _written;

    /// <summary>Gets the moments of its channels, where they are known, or can be without writing it.</summary>
    public ChannelMoments? Moments => _moments ?? (_source is null && !_features.IsValueCreated ? _product?.Moments() : null);

    /// <summary>Gets the product that is computed as it is read; null where the value lies in memory.</summary>
    public PendingProduct? Product => _features.IsValueCreated || _written.IsValueCreated ? null : _product;

    /// <summary>Gets what is to be done with what lies in memory, or is computed, as it is read.</summary>
    public PixelReading Reading => new(_clamp, _factors);

    /// <summary>Gets memory that values can be read from, and what is to be done with them then.</summary>
    /// <param name="normalizes">Whether the reader can normalise them.</param>
    public (Tensor Features, PixelReading Reading) ToRead(bool normalizes) => _written.IsValueCreated || (_factors is not null && !normalizes)
        ? (_written.Value, new PixelReading(Clamp.None))
        : (Features, Reading);

    /// <summary>Has the signs of the value noted by a reader of all of it, unless they are already.</summary>
    /// <param name="reading">How it is read.</param>
    public PixelReading Noting(PixelReading reading) => reading.Factors is null ? reading : reading with { Signs = Signs?.Open() };

    public void Dispose()
    {
        if (_written.IsValueCreated)
        {
            _written.Value.Dispose();
        }

        _own?.Dispose();
    }
}
