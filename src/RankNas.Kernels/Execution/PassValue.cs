using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>A value while a pass runs. Its tensors are in no dispose scope: it disposes them.</summary>
internal sealed class PassValue : IDisposable
{
    private readonly bool _isDeferred;
    private readonly Lazy<Tensor> _written;

    /// <summary>Initializes a value that lies in memory, and takes it over.</summary>
    /// <param name="features">The tensor.</param>
    /// <param name="moments">The moments of its channels, where they are known.</param>
    public PassValue(Tensor features, ChannelMoments? moments = null)
    {
        (Features, Moments, Clamp) = (features.DetachFromDisposeScope(), moments, Clamp.None);
        _written = new Lazy<Tensor>(features);
    }

    /// <summary>Initializes another value brought into a range, which is written to memory only for those who cannot do so while they read.</summary>
    /// <param name="source">The other value, which must outlive this one.</param>
    /// <param name="clamp">The range.</param>
    public PassValue(PassValue source, Clamp clamp)
    {
        (Features, Clamp, _isDeferred) = (source.Features, clamp, true);
        _written = new Lazy<Tensor>(() => clamp.Apply(source.Features).DetachFromDisposeScope());
    }

    /// <summary>Gets what lies in memory.</summary>
    public Tensor Features { get; private set; }

    /// <summary>Gets the range that it is to be brought into.</summary>
    public Clamp Clamp { get; }

    /// <summary>Gets the moments of its channels, where they are known.</summary>
    public ChannelMoments? Moments { get; }

    /// <summary>Gets the value, written out when first asked for.</summary>
    public Lazy<Tensor> Written => _written;

    /// <summary>Gets memory that values can be read from, and the range that they are to be brought into then.</summary>
    public (Tensor Features, Clamp Clamp) ToRead() => _written.IsValueCreated ? (_written.Value, Clamp.None) : (Features, Clamp);

    public void Dispose()
    {
        if (!_isDeferred)
        {
            Features.Dispose();
        }
        else if (_written.IsValueCreated)
        {
            _written.Value.Dispose();
        }
    }
}
