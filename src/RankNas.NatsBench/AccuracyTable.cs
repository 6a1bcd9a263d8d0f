using RankNas.NatsBench.Accuracies;

namespace RankNas.NatsBench;

/// <summary>The accuracies of a benchmark's architectures, as a table. It has no training times, unlike <see cref="NatsBenchFolder"/>.</summary>
public sealed class AccuracyTable : IAccuracyBenchmark
{
    private readonly Dictionary<Architecture, IReadOnlyDictionary<string, Accuracy>> _accuracies;
    private readonly Dictionary<Architecture, long> _indices;
    private readonly Dictionary<long, Architecture> _architectures;

    internal AccuracyTable(
        IReadOnlyList<string> dataSets,
        Dictionary<Architecture, IReadOnlyDictionary<string, Accuracy>> accuracies,
        Dictionary<long, Architecture> architectures)
    {
        DataSets = dataSets;
        _accuracies = accuracies;
        _architectures = architectures;
        _indices = architectures.ToDictionary(pair => pair.Value, pair => pair.Key);
    }

    /// <summary>Gets the number of architectures.</summary>
    public int Count => _accuracies.Count;

    /// <summary>Gets the architectures, in the order of the file.</summary>
    public IReadOnlyCollection<Architecture> Architectures => _accuracies.Keys;

    /// <inheritdoc/>
    public IReadOnlyList<string> DataSets { get; }

    /// <summary>Reads a CSV file with a header, compressed by gzip or not. Duplicate architectures are refused.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="space">The space; architectures are read in its notation.</param>
    /// <param name="columns">The layout of the table. If null: <c>arch</c>, <c>index</c> if present, and those of <c>c10_valid,c10_test</c>,
    /// <c>c100_valid,c100_test</c>, <c>in16_valid,in16_test</c> that are present, in percent.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not such a table; the message has the line and the column.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AccuracyTable ReadCsv(string path, ISearchSpace space, AccuracyColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        using TextInput text = TextInput.Open(path, "a CSV file of accuracies", AccuracyTableReader.MostBytes);
        try
        {
            return AccuracyTableReader.Read(text, space, columns);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"'{ShownText.Of(path, ShownText.LineLength)}' is no table of accuracies: {exception.Message.TrimEnd('.')}."), exception);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Accuracy>? Find(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return _accuracies.GetValueOrDefault(architecture);
    }

    /// <inheritdoc/>
    public long? IndexOf(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return _indices.TryGetValue(architecture, out long index) ? index : null;
    }

    /// <inheritdoc/>
    public Architecture? AtIndex(long index) => _architectures.GetValueOrDefault(index);
}
