using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace RankNas;

/// <summary>The accuracies of a benchmark's architectures, as a table. It has no training times: <see cref="NatsBenchFolder"/> has.</summary>
public sealed class AccuracyTable : IAccuracyBenchmark
{
    private readonly Dictionary<Architecture, IReadOnlyDictionary<string, Accuracy>> _accuracies = [];
    private readonly Dictionary<Architecture, long> _indices = [];
    private readonly Dictionary<long, Architecture> _architectures = [];

    private AccuracyTable()
    {
    }

    /// <summary>Gets the number of architectures.</summary>
    public int Count => _accuracies.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> DataSets { get; private init; } = [];

    /// <summary>Reads a CSV file with the columns <c>arch</c>, where there are numbers <c>index</c>, and for each data set there is, <c>c10_valid,c10_test</c>,
    /// <c>c100_valid,c100_test</c>, <c>in16_valid,in16_test</c>; accuracies are in percent.</summary>
    /// <param name="path">The file.</param>
    /// <param name="space">The space; architectures are read in its notation.</param>
    /// <exception cref="InvalidDataException">The file is no such table; the message has the line.</exception>
    public static AccuracyTable ReadCsv(string path, ISearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        using StreamReader reader = new(path);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        try
        {
            if (!csv.Read() || !csv.ReadHeader())
            {
                throw new FormatException("the file is empty.");
            }

            return Read(csv, space);
        }
        catch (Exception exception) when (exception is CsvHelperException or FormatException)
        {
            throw new InvalidDataException(
                $"'{path}' is no table of accuracies: line {csv.Parser.RawRow}: {exception.Message.Split('\n')[0].Trim()} "
                + "Its columns are arch and, for each data set, c10_valid,c10_test,c100_valid,c100_test,in16_valid,in16_test.", exception);
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

    private static AccuracyTable Read(CsvReader csv, ISearchSpace space)
    {
        (string DataSet, string Columns)[] present =
            [.. DataSetColumns.All.Where(set => csv.HeaderRecord!.Contains($"{set.Columns}_valid") && csv.HeaderRecord!.Contains($"{set.Columns}_test"))];
        if (present.Length == 0 || !csv.HeaderRecord!.Contains("arch"))
        {
            throw new FormatException("the first line names other columns.");
        }

        bool hasIndices = csv.HeaderRecord!.Contains("index");
        var table = new AccuracyTable { DataSets = [.. present.Select(set => set.DataSet)] };
        while (csv.Read())
        {
            Architecture architecture = space.Parse(csv.GetField("arch")!);
            if (hasIndices)
            {
                long index = csv.GetField<long>("index");
                table._indices[architecture] = index;
                table._architectures[index] = architecture;
            }

            table._accuracies[architecture] = present.ToDictionary(
                set => set.DataSet, set => new Accuracy(Percent(csv, $"{set.Columns}_valid"), Percent(csv, $"{set.Columns}_test")));
        }

        return table;
    }

    private static double Percent(CsvReader csv, string column)
    {
        double value = csv.GetField<double>(column);
        return value is >= 0 and <= 100 ? value : throw new FormatException($"{column} is {value.ToString(CultureInfo.InvariantCulture)}: it is in percent.");
    }
}
