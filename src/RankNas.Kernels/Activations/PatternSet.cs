using System.Buffers;
using System.Numerics;

namespace RankNas.Kernels.Activations;

/// <summary>A set of numbers other than 0, which only grows: an open table at most half full.</summary>
internal sealed class PatternSet : IDisposable
{
    private const int LeastBits = 12;

    private UInt128[] _slots = NewSlots(LeastBits);
    private int _bits = LeastBits;

    /// <summary>Gets how many numbers there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a number, unless it is there.</summary>
    /// <param name="number">The number, not 0.</param>
    public void Add(UInt128 number)
    {
        if (!TryPlace(number))
        {
            return;
        }

        Count++;
        if (Count > 1 << (_bits - 1))
        {
            Grow();
        }
    }

    public void Dispose()
    {
        if (_slots.Length > 0)
        {
            ArrayPool<UInt128>.Shared.Return(_slots);
            _slots = [];
        }
    }

    private static UInt128[] NewSlots(int bits)
    {
        UInt128[] slots = ArrayPool<UInt128>.Shared.Rent(1 << bits);
        Array.Clear(slots, 0, 1 << bits);
        return slots;
    }

    private bool TryPlace(UInt128 number)
    {
        int mask = (1 << _bits) - 1;
        for (int slot = FirstSlot(number); ; slot = (slot + 1) & mask)
        {
            UInt128 there = _slots[slot];
            if (there == number)
            {
                return false;
            }

            if (there == UInt128.Zero)
            {
                _slots[slot] = number;
                return true;
            }
        }
    }

    // The upper bits of a product depend on all of the lower ones.
    private int FirstSlot(UInt128 number)
    {
        ulong mixed = ((ulong)number * 0x9E3779B97F4A7C15) ^ BitOperations.RotateLeft((ulong)(number >> 64) * 0xC2B2AE3D27D4EB4F, 32);
        mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
        return (int)(mixed >> (64 - _bits));
    }

    private void Grow()
    {
        UInt128[] old = _slots;
        int count = 1 << _bits;
        _bits += 2;
        _slots = NewSlots(_bits);
        foreach (UInt128 number in old.AsSpan(0, count))
        {
            if (number != UInt128.Zero)
            {
                TryPlace(number);
            }
        }

        ArrayPool<UInt128>.Shared.Return(old);
    }
}
