using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RankNas.Kernels;

/// <summary>Memory for as long as a kernel runs, zeros at first, aligned to cache lines so that no vector is in two of them.</summary>
internal readonly unsafe struct Scratch<TValue> : IDisposable
    where TValue : unmanaged
{
    private const int CacheLine = 64;

    private readonly byte[] _rented;
    private readonly GCHandle _pin;
    private readonly TValue* _start;
    private readonly int _length;

    public Scratch(int length)
    {
        _length = length;
        _rented = ArrayPool<byte>.Shared.Rent(checked((length * sizeof(TValue)) + CacheLine));
        _pin = GCHandle.Alloc(_rented, GCHandleType.Pinned);
        nuint first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_rented));
        _start = (TValue*)((first + CacheLine - 1) / CacheLine * CacheLine);
        Values.Clear();
    }

    public Span<TValue> Values => new(_start, _length);

    public void Dispose()
    {
        _pin.Free();
        ArrayPool<byte>.Shared.Return(_rented);
    }
}
