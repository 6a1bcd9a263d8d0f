using System.Numerics;

namespace RankNas.NatsBench.Pickle;

/// <summary>A dictionary's key or a set's element: a value that Python can hash, and that is cheap to.</summary>
/// <remarks>
/// Tuples that share parts can be exponentially larger than the file, and long texts are hashed at every look-up: so every key
/// has a weight, about the steps that one look-up costs. Unlike Python's, 1, 1.0 and True are three keys.
/// </remarks>
internal readonly struct PickleKey : IEquatable<PickleKey>
{
    private PickleKey(object? value) => Value = value;

    public object? Value { get; }

    /// <exception cref="FormatException">Python cannot hash the value, or it is too large to be looked up.</exception>
    public static PickleKey Of(object? value) => WeightOf(value) <= PickleLimits.KeyWeight
        ? new PickleKey(value)
        : throw new FormatException("it uses a collection or a very long text as a key");

    public static int WeightOf(IEnumerable<object?> items)
    {
        long weight = 1;
        foreach (object? item in items)
        {
            weight += WeightOf(item);
        }

        return (int)Math.Min(weight, int.MaxValue);
    }

    public bool Equals(PickleKey other) => AreEqual(Value, other.Value);

    public override bool Equals(object? obj) => obj is PickleKey other && Equals(other);

    public override int GetHashCode() => HashOf(Value);

    private static int WeightOf(object? value) => value switch
    {
        null or bool or long or double => 1,
        string text => 1 + text.Length,
        byte[] bytes => 1 + bytes.Length,
        BigInteger integer => 1 + integer.GetByteCount(),
        PickleTuple tuple => tuple.Weight,
        PickleSet set => set.Weight,
        _ => int.MaxValue,
    };

    private static bool AreEqual(object? first, object? second) => ReferenceEquals(first, second) || (first, second) switch
    {
        (byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other),
        (PickleTuple one, PickleTuple other) =>
            one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (PickleSet one, PickleSet other) => one.HasSameItems(other),
        _ => Equals(first, second),
    };

    // Hashed by HashCode, which is seeded anew in each process: integers' own hashes can be made to collide.
    private static int HashOf(object? value)
    {
        var hash = new HashCode();
        switch (value)
        {
            case long integer:
                AddBits(ref hash, integer);
                break;
            case double number:
                AddBits(ref hash, double.IsNaN(number) ? -1 : BitConverter.DoubleToInt64Bits(number == 0 ? 0 : number));
                break;
            case BigInteger integer:
                hash.AddBytes(integer.ToByteArray());
                break;
            case byte[] bytes:
                hash.AddBytes(bytes);
                break;
            case PickleTuple tuple:
                foreach (object? item in tuple.Items)
                {
                    hash.Add(HashOf(item));
                }

                break;
            case PickleSet set:
                hash.Add(set.HashItems());
                break;
            default:
                hash.Add(value);
                break;
        }

        return hash.ToHashCode();
    }

    private static void AddBits(ref HashCode hash, long bits)
    {
        hash.Add((int)bits);
        hash.Add((int)(bits >> 32));
    }
}
