using RankNas.Proxies;

namespace RankNas.Kernels.Execution;

/// <summary>The signs of a value, noted by the first who reads all of it.</summary>
/// <param name="images">The images.</param>
/// <param name="units">The values of each.</param>
/// <param name="bits">The bits of each, at least as many.</param>
internal sealed class PendingSigns(int images, int units, int bits) : IDisposable
{
    private PackedSigns? _signs;

    /// <summary>Gets the signs; null where nobody has read the value.</summary>
    public PackedSigns? Noted => _signs;

    /// <summary>Gets memory for the signs, and has them noted; null where they are already.</summary>
    public PackedSigns? Open() => _signs is null ? _signs = new PackedSigns(images, units, bits) : null;

    public void Dispose()
    {
        _signs?.Dispose();
        _signs = null;
    }
}
