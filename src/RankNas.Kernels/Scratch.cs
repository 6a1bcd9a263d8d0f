using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Memory;

namespace RankNas.Kernels;

/// <summary>Memory for as long as a kernel runs, zeros at first, aligned to cache lines so that no vector is in two of them.</summary>
/// <remarks>It is the thread's arena's where there is one: the runtime keeps large arrays of a thread that has ended until it next collects all of its heap.</remarks>
internal readonly unsafe struct Scratch<TValue> : IDisposable
    where TValue : unmanaged
{
    private const int CacheLine = 64;

    private readonly ActivationArena? _arena;
    private readonly ArenaBlock? _block;
    private readonly byte[]? _rented;
    private readonly GCHandle _pin;
    private readonly TValue* _start;
    private readonly int _length;

    public Scratch(int length)
    {
        _length = length;
        int bytes = checked(length * sizeof(TValue));
        _arena = ActivationArena.OfThisThread;
        if (_arena is not null)
        {
            _start = (TValue*)_arena.Rent(bytes, out _block);
        }
        else
        {
            _rented = ArrayPool<byte>.Shared.Rent(checked(bytes + CacheLine));
            _pin = GCHandle.Alloc(_rented, GCHandleType.Pinned);
            nuint first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_rented));
            _start = (TValue*)((first + CacheLine - 1) / CacheLine * CacheLine);
        }

        Values.Clear();
    }

    public Span<TValue> Values => new(_start, _length);

    public void Dispose()
    {
        if (_arena is not null)
        {
            _arena.Return(_start, (long)_length * sizeof(TValue), _block!);
            return;
        }

        _pin.Free();
        ArrayPool<byte>.Shared.Return(_rented!);
    }
}
