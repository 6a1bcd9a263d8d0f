using System.Runtime.InteropServices;

namespace RankNas.Kernels.Memory;

/// <summary>A piece of an arena's memory, from the system as a whole and given back as a whole.</summary>
internal sealed unsafe class ArenaBlock
{
    // Large pages are of this size, and so aligned.
    private const nuint Alignment = 2 << 20;

    private readonly FreeRanges _ranges;
    private readonly byte* _memory;

    /// <summary>Initializes a piece.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="OutOfMemoryException">The system has no more.</exception>
    public ArenaBlock(long length)
    {
        _ranges = new FreeRanges(length);
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)length, Alignment);
        LargePages.Request(_memory, length);
        Length = length;
    }

    /// <summary>Gets its length in bytes.</summary>
    public long Length { get; }

    /// <summary>Gets whether nothing is taken.</summary>
    public bool IsWhole => _ranges.IsWhole;

    /// <summary>Takes a range of a length in bytes; null where there is none.</summary>
    public byte* Take(long length) => _ranges.TryTake(length, out long offset) ? _memory + offset : null;

    /// <summary>Gives back a range.</summary>
    public void Give(byte* start, long length) => _ranges.Give(start - _memory, length);

    /// <summary>Gives the piece back to the system.</summary>
    public void Free() => NativeMemory.AlignedFree(_memory);
}
