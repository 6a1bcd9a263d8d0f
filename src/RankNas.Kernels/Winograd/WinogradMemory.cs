namespace RankNas.Kernels.Winograd;

/// <summary>What a thread needs to convolve block after block.</summary>
/// <param name="layout">The channels.</param>
/// <param name="width">The pixels of a row of the image.</param>
internal sealed class WinogradMemory<T>(WinogradLayout layout, int width) : IDisposable
    where T : unmanaged, IPixelValue<T>
{
    // Zeros at first, which the padding is to stay, and whatever lies in unused tiles had better be.
    private readonly Scratch<T> _zeros = new(width * layout.InChannels);
    private readonly Scratch<float> _rows = new(WinogradLayout.Side * layout.RowOf(width));
    private readonly Scratch<float> _tiles = new(WinogradLayout.Places * layout.TilePlane);
    private readonly Scratch<float> _products = new(WinogradLayout.Places * layout.ProductPlane);

    public WinogradLayout Layout { get; } = layout;

    /// <summary>Gets a row of zeros, for those outside of an image.</summary>
    public ReadOnlySpan<T> Zeros => _zeros.Values;

    /// <summary>Gets six combined rows of pixels, padded.</summary>
    public Span<float> Rows => _rows.Values;

    /// <summary>Gets V.</summary>
    public Span<float> Tiles => _tiles.Values;

    /// <summary>Gets M.</summary>
    public Span<float> Products => _products.Values;

    public void Dispose()
    {
        _zeros.Dispose();
        _rows.Dispose();
        _tiles.Dispose();
        _products.Dispose();
    }
}
