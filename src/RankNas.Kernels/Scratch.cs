using System.Buffers;

namespace RankNas;

/// <summary>Memory for as long as a kernel runs, zeros at first.</summary>
internal readonly struct Scratch<TValue> : IDisposable
{
    private readonly TValue[] _rented;
    private readonly int _length;

    public Scratch(int length)
    {
        _rented = ArrayPool<TValue>.Shared.Rent(length);
        _length = length;
        Values.Clear();
    }

    public Span<TValue> Values => _rented.AsSpan(0, _length);

    public void Dispose() => ArrayPool<TValue>.Shared.Return(_rented);
}
