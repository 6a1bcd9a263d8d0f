using System.Buffers;

namespace RankNas;

/// <summary>Memory for as long as a kernel runs, zeros at first.</summary>
internal readonly ref struct Scratch<TValue> : IDisposable
{
    private readonly TValue[] _rented;

    public Scratch(int length)
    {
        _rented = ArrayPool<TValue>.Shared.Rent(length);
        Values = _rented.AsSpan(0, length);
        Values.Clear();
    }

    public Span<TValue> Values { get; }

    public void Dispose() => ArrayPool<TValue>.Shared.Return(_rented);
}
