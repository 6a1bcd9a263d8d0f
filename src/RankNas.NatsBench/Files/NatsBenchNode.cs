using RankNas.NatsBench.Pickle;

namespace RankNas.NatsBench.Files;

/// <summary>A value in a file of the benchmark, which knows its place for messages.</summary>
/// <param name="File">The file.</param>
/// <param name="Place">Where in the file the value is; empty for the whole.</param>
/// <param name="Value">The value, as <see cref="PickleReader"/> has it.</param>
internal readonly record struct NatsBenchNode(string File, string Place, object? Value)
{
    /// <summary>Gets the value at a key, where there must be one.</summary>
    public NatsBenchNode this[object key] => Find(key) ?? throw Malformed($"has no '{Text(key)}'");

    public IEnumerable<string> TextKeys => Dictionary.Items.Select(item => item.Key).OfType<string>();

    public PickleDictionary Dictionary => Value as PickleDictionary ?? throw Malformed("is no dict");

    public IReadOnlyList<object?> List => Value as List<object?> ?? throw Malformed("is no list");

    public string AsText => Value as string ?? throw Malformed("is no text");

    /// <summary>Gets the value at a key; null where there is none, or Python's None.</summary>
    public NatsBenchNode? Find(object key) => Dictionary.TryGet(key, out object? value)
        ? new NatsBenchNode(File, Place.Length == 0 ? Text(key) : $"{Place}/{Text(key)}", value)
        : null;

    public NatsBenchNode At(int index) => new(File, string.Create(CultureInfo.InvariantCulture, $"{Place}/{index}"), List[index]);

    public int AsInteger(int least, int most) => Value is long integer && integer >= least && integer <= most
        ? (int)integer
        : throw Malformed($"is no integer from {least} to {most}");

    public double AsNumber(double most = double.MaxValue)
    {
        double number = Value switch
        {
            double real => real,
            long integer => integer,
            _ => double.NaN,
        };
        return number >= 0 && number <= most ? number : throw Malformed($"is no number from 0 to {Text(most)}");
    }

    public InvalidDataException Malformed(string what) => new(
        $"'{File}' is no file of NATS-Bench: {(Place.Length == 0 ? "the whole" : $"'{Place}'")} {what}. "
        + "Take it anew from the official release, from the folder whose name ends in '-simple'.");

    private static string Text(object key) => key is PickleTuple tuple
        ? $"({string.Join(", ", tuple.Items.Select(item => ShownText.Of(Convert.ToString(item, CultureInfo.InvariantCulture))))})"
        : ShownText.Of(Convert.ToString(key, CultureInfo.InvariantCulture));
}
