using RankNas.Constraints;
using RankNas.Files;

namespace RankNas.Latency;

/// <summary>Known latencies of architectures, such as those of a benchmark of devices.</summary>
public sealed class LatencyTable : ILatencySource
{
    private const long MostBytes = 1L << 30;
    private const string ArchitectureColumn = "arch";
    private const string IndexColumn = "index";

    private readonly Dictionary<Architecture, double> _milliseconds;

    /// <summary>Initializes a table.</summary>
    /// <param name="description">What the latencies are of, for people: <c>a Raspberry Pi 4</c>.</param>
    /// <param name="milliseconds">The latencies in milliseconds, finite and at least 0.</param>
    /// <exception cref="ArgumentException">There is none, one is not such a number, or an architecture has two.</exception>
    public LatencyTable(string description, IEnumerable<KeyValuePair<Architecture, double>> milliseconds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentNullException.ThrowIfNull(milliseconds);
        Description = description;
        _milliseconds = new Dictionary<Architecture, double>(milliseconds);
        if (_milliseconds.Count == 0 || !_milliseconds.Values.All(IsLatency))
        {
            throw new ArgumentException("A table has at least one latency, and each is a finite number of milliseconds, at least 0.", nameof(milliseconds));
        }
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Gets the architectures whose latencies are known.</summary>
    public IReadOnlyCollection<Architecture> Architectures => _milliseconds.Keys;

    /// <summary>Reads a CSV file with a header, compressed by gzip or not, such as those of HW-NAS-Bench (Li et al., ICLR 2021).</summary>
    /// <remarks>A row whose latency is empty is left out.</remarks>
    /// <param name="path">The file, in UTF-8, with a column <c>arch</c>, in the space's notation, or else <c>index</c>.</param>
    /// <param name="column">The column of the latencies in milliseconds, such as <c>raspi4_latency</c>.</param>
    /// <param name="space">The space.</param>
    /// <param name="architectureAt">Gets the architecture of an index, or null; needed where there are indices only. NATS-Bench's numbers, which HW-NAS-Bench has, are not the
    /// space's own: take <c>AccuracyTable.AtIndex</c> of an accuracy file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not such a table; the message has the line and the column.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static LatencyTable ReadCsv(string path, string column, ISearchSpace space, Func<long, Architecture?>? architectureAt = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentNullException.ThrowIfNull(space);
        using TextInput text = TextInput.Open(path, "a CSV file of latencies", MostBytes);
        string shown = ShownText.Of(path, ShownText.LineLength);
        try
        {
            return new LatencyTable($"{column} of {Path.GetFileName(path)}", Read(new CsvRows(text), column, space, architectureAt));
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"'{shown}' is no table of latencies: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    /// <summary>Tells whether the latency of an architecture is known.</summary>
    /// <param name="architecture">The architecture.</param>
    public bool Contains(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return _milliseconds.ContainsKey(architecture);
    }

    /// <summary>Gets the latency of an architecture in milliseconds.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <exception cref="KeyNotFoundException">The table does not have it.</exception>
    public double MillisecondsOf(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return _milliseconds.TryGetValue(architecture, out double known) ? known : throw new KeyNotFoundException(string.Create(
            CultureInfo.InvariantCulture,
            $"The latency of {architecture} is not known: {ShownText.Of(Description)} has {_milliseconds.Count:N0} architectures. Search only these: AddConstraint(candidate => table.Contains(candidate.Architecture), \"a known latency\")."));
    }

    /// <inheritdoc/>
    public double MillisecondsOf(ConstraintCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return MillisecondsOf(candidate.Architecture);
    }

    private static bool IsLatency(double value) => double.IsFinite(value) && value >= 0;

    private static Dictionary<Architecture, double> Read(CsvRows rows, string column, ISearchSpace space, Func<long, Architecture?>? architectureAt)
    {
        if (!rows.Header.Contains(column))
        {
            throw new MissingColumnException($"it has no column '{ShownText.Of(column)}': its header is {rows.ShownHeader}");
        }

        bool hasTexts = rows.Header.Contains(ArchitectureColumn);
        if (!hasTexts && (architectureAt is null || !rows.Header.Contains(IndexColumn)))
        {
            throw new FormatException(rows.Header.Contains(IndexColumn)
                ? "it has the numbers of architectures only: say which these are by architectureAt, such as AccuracyTable.AtIndex, or add a column 'arch'"
                : $"it has neither a column 'arch' nor 'index': its header is {rows.ShownHeader}");
        }

        var known = new Dictionary<Architecture, double>();
        while (rows.Read())
        {
            Architecture architecture = hasTexts ? Parse(rows, space) : AtIndex(rows, architectureAt!);
            string text = rows[column].Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !IsLatency(value))
            {
                throw rows.Refuse(column, "should be a number of milliseconds, at least 0");
            }

            if (!known.TryAdd(architecture, value))
            {
                throw rows.Refuse($"{architecture} has a latency already");
            }
        }

        return known.Count > 0 ? known : throw new FormatException($"its column '{ShownText.Of(column)}' has no latency");
    }

    private static Architecture Parse(CsvRows rows, ISearchSpace space)
    {
        try
        {
            return space.Parse(rows[ArchitectureColumn]);
        }
        catch (ArchitectureFormatException exception)
        {
            throw rows.Refuse(ArchitectureColumn, $"is no architecture of {space.Id}: {exception.Message.TrimEnd('.')}");
        }
    }

    private static Architecture AtIndex(CsvRows rows, Func<long, Architecture?> architectureAt) =>
        long.TryParse(rows[IndexColumn], NumberStyles.None, CultureInfo.InvariantCulture, out long index) && architectureAt(index) is { } architecture
            ? architecture
            : throw rows.Refuse(IndexColumn, "is the number of no known architecture");
}
