using static TorchSharp.torch;

namespace RankNas;

/// <summary>What goes into convolutions: features, or max(0, features), which is written to memory only for those who cannot rectify while they read.</summary>
internal sealed class ConvolutionInput : IDisposable
{
    private ConvolutionInput(Tensor features, bool isRectified)
    {
        Features = features;
        IsRectified = isRectified;
        Values = new Lazy<Tensor>(() => isRectified ? LayerMath.Rectify(features).DetachFromDisposeScope() : features);
    }

    /// <summary>Gets the features, as they are.</summary>
    public Tensor Features { get; }

    /// <summary>Gets whether what is negative counts as 0.</summary>
    public bool IsRectified { get; }

    /// <summary>Gets what goes in, written out when first asked for.</summary>
    public Lazy<Tensor> Values { get; }

    /// <summary>Takes features as they are; they stay the caller's.</summary>
    public static ConvolutionInput Of(Tensor features) => new(features, isRectified: false);

    /// <summary>Takes rectified features; the features stay the caller's.</summary>
    public static ConvolutionInput Rectified(Tensor features) => new(features, isRectified: true);

    public void Dispose()
    {
        if (IsRectified && Values.IsValueCreated)
        {
            Values.Value.Dispose();
        }
    }
}
