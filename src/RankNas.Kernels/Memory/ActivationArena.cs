using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Memory;

/// <summary>Memory that one thread's passes take their activations from, and kernels what they need while they run, and use again for the next network.</summary>
/// <remarks>
/// Each tensor has its range until its last handle is disposed, whoever holds that, on whatever thread. With the process's allocator each large tensor
/// would come from the system and go back to it, and cost a page fault for every four kilobytes.
/// </remarks>
internal sealed unsafe class ActivationArena : IDisposable
{
    // All activations of a usual batch: in smaller blocks the largest ones leave gaps. Only what is used takes memory.
    private const long UsualLength = 256 << 20;

    // The size of a cache line, to which libtorch aligns too. Before each range lies what it needs to go back.
    private const int Alignment = 64;

    // Ranges are longer than their tensors by this share. With a header of one length for all, four tensors of a quarter would be longer than the one whose place they take, and cost the
    // range after it too.
    private const int LengthOverHeader = 1 << 14;

    [ThreadStatic]
    private static ActivationArena? _ofThisThread;

    private readonly Lock _gate = new();
    private readonly List<ArenaBlock> _blocks = [];
    private bool _isClosed;

    /// <summary>Gets the arena that the thread has; null where it has none.</summary>
    public static ActivationArena? OfThisThread => _ofThisThread;

    /// <summary>Gets how many bytes it has from the system.</summary>
    public long Length
    {
        get
        {
            lock (_gate)
            {
                return _blocks.Sum(block => block.Length);
            }
        }
    }

    /// <summary>Gives the calling thread an arena until disposal, on this same thread.</summary>
    public static ActivationArena ForThisThread() => _ofThisThread = new ActivationArena();

    /// <summary>Makes a tensor of whatever is in memory.</summary>
    /// <param name="format">The numbers.</param>
    /// <param name="sizes">The shape; it is contiguous.</param>
    /// <returns>A tensor on the CPU.</returns>
    public Tensor NewTensor(ScalarType format, params ReadOnlySpan<long> sizes)
    {
        long length = format.ElementSize();
        foreach (long size in sizes)
        {
            length = checked(length * size);
        }

        if (!BorrowedTensor.IsSupported || length == 0)
        {
            return empty(sizes.ToArray(), dtype: format, device: CPU);
        }

        length = Aligned(length + Math.Max(Alignment, length / LengthOverHeader));
        byte* start = Take(length, out ArenaBlock block);
        *(Header*)start = new Header(GCHandle.ToIntPtr(GCHandle.Alloc(new Range(this, block, length))));
        return BorrowedTensor.Create(start + Alignment, &GiveBack, format, sizes);
    }

    /// <summary>Ends the arena: its memory goes back to the system, as soon as no tensor uses it.</summary>
    public void Dispose()
    {
        if (_ofThisThread == this)
        {
            _ofThisThread = null;
        }

        lock (_gate)
        {
            _isClosed = true;
            FreeWholeBlocks();
        }
    }

    /// <summary>Takes memory for as long as a kernel runs, aligned to a cache line.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="block">Where it is given back to.</param>
    /// <returns>Memory with whatever is in it.</returns>
    public void* Rent(long length, out ArenaBlock block) => Take(Aligned(Math.Max(length, 1)), out block);

    /// <summary>Gives back what <see cref="Rent"/> gave.</summary>
    public void Return(void* memory, long length, ArenaBlock block) => Give((byte*)memory, block, Aligned(Math.Max(length, 1)));

    private static long Aligned(long length) => (length + Alignment - 1) / Alignment * Alignment;

    private byte* Take(long length, out ArenaBlock block)
    {
        lock (_gate)
        {
            foreach (ArenaBlock one in _blocks)
            {
                byte* start = one.Take(length);
                if (start is not null)
                {
                    block = one;
                    return start;
                }
            }

            block = new ArenaBlock(Math.Max(UsualLength, (length + UsualLength - 1) / UsualLength * UsualLength));
            _blocks.Add(block);
            return block.Take(length);
        }
    }

    // libtorch calls it with the last handle's disposal.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void GiveBack(void* data)
    {
        byte* start = (byte*)data - Alignment;
        GCHandle handle = GCHandle.FromIntPtr(((Header*)start)->Range);
        var range = (Range)handle.Target!;
        handle.Free();
        range.Arena.Give(start, range.Block, range.Length);
    }

    private void Give(byte* start, ArenaBlock block, long length)
    {
        lock (_gate)
        {
            block.Give(start, length);
            if (_isClosed)
            {
                FreeWholeBlocks();
            }
        }
    }

    private void FreeWholeBlocks()
    {
        foreach (ArenaBlock block in _blocks.Where(block => block.IsWhole))
        {
            block.Free();
        }

        _ = _blocks.RemoveAll(block => block.IsWhole);
    }

    private readonly record struct Header(nint Range);

    private sealed record Range(ActivationArena Arena, ArenaBlock Block, long Length);
}
