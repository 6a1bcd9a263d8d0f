using System.Collections.Immutable;

namespace RankNas;

/// <summary>A setting of a node: a whole number, several, or a float32.</summary>
internal sealed record OnnxAttribute
{
    private OnnxAttribute(string name, object value) => (Name, Value) = (name, value);

    public string Name { get; }

    public object Value { get; }

    public static OnnxAttribute Of(string name, long value) => new(name, value);

    public static OnnxAttribute Of(string name, float value) => new(name, value);

    public static OnnxAttribute Of(string name, params IEnumerable<long> values) => new(name, values.ToImmutableArray());
}
