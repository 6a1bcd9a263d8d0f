namespace RankNas.Kernels.Convolutions;

/// <summary>What a thread needs for 1×1 convolutions.</summary>
/// <param name="rows">How many values are read at once.</param>
/// <param name="written">How many are written at once, where they are not kept.</param>
internal sealed class PointwiseScratch<T>(int rows, int written) : IDisposable
    where T : unmanaged, IPixelValue<T>
{
    /// <summary>Gets what is read.</summary>
    public Scratch<float> Rows { get; } = new(rows);

    /// <summary>Gets what is written.</summary>
    public Scratch<T> Written { get; } = new(written);

    public void Dispose()
    {
        Rows.Dispose();
        Written.Dispose();
    }
}
