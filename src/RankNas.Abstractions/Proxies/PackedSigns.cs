using System.Buffers;
using System.Runtime.InteropServices;

namespace RankNas.Proxies;

/// <summary>Which values of a batch are greater than zero, one bit each, in any order that is the same for all images.</summary>
internal sealed class PackedSigns : IDisposable
{
    private const int BitsOfWord = 64;

    private readonly ulong[] _rented;
    private readonly int _length;

    /// <summary>Initializes the signs of no values yet.</summary>
    /// <param name="images">The images.</param>
    /// <param name="units">The values of each.</param>
    /// <param name="bits">The bits of each, at least as many; those of no value are 0.</param>
    public PackedSigns(int images, int units, int bits)
    {
        (Units, WordsOfImage) = (units, (bits + BitsOfWord - 1) / BitsOfWord);
        _length = images * WordsOfImage;
        _rented = ArrayPool<ulong>.Shared.Rent(_length);
        for (int image = 1; image <= images && WordsOfImage > 0; image++)
        {
            // Its last bits may be of no value.
            _rented[(image * WordsOfImage) - 1] = 0;
        }
    }

    /// <summary>Gets the values of each image.</summary>
    public int Units { get; }

    /// <summary>Gets the words of each image.</summary>
    public int WordsOfImage { get; }

    /// <summary>Gets the words, image after image.</summary>
    public Span<ulong> Words => _rented.AsSpan(0, _length);

    /// <summary>Gets the words of an image.</summary>
    public ReadOnlySpan<ulong> WordsOf(int image) => Words.Slice(image * WordsOfImage, WordsOfImage);

    /// <summary>Gets the bits, image after image, by sixteen.</summary>
    public Span<ushort> Sixteens => MemoryMarshal.Cast<ulong, ushort>(Words);

    public void Dispose() => ArrayPool<ulong>.Shared.Return(_rented);
}
