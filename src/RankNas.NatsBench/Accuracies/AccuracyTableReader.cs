using System.Collections.Immutable;

namespace RankNas.NatsBench.Accuracies;

/// <summary>Reads a table of accuracies, and refuses what could be read in two ways.</summary>
internal sealed class AccuracyTableReader
{
    /// <summary>How many bytes a table may have: that of the largest benchmark, all of NAS-Bench-101, has twenty million.</summary>
    public const long MostBytes = 1L << 30;

    // No thousands: "9,8" would be 98.
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private const string Advice = "name the columns as in architecture=arch,flowers=val_acc/test_acc (AccuracyColumns, --columns)";

    private readonly CsvRows _rows;
    private readonly ISearchSpace _space;
    private readonly AccuracyColumns _columns;
    private readonly int _architecture;
    private readonly int _index;
    private readonly ImmutableArray<(string DataSet, int Validation, int Test)> _dataSets;
    private readonly double[] _largest;
    private readonly Dictionary<Architecture, int> _lines = [];
    private readonly Dictionary<long, Architecture> _architectures = [];

    private AccuracyTableReader(CsvRows rows, ISearchSpace space, AccuracyColumns columns)
    {
        (_rows, _space, _columns) = (rows, space, columns);
        _architecture = PlaceOf(columns.Architecture);
        _index = PlaceOf(columns.Index);
        _dataSets = [.. columns.DataSets.Select(set => (set.DataSet, PlaceOf(set.Validation), PlaceOf(set.Test)))];
        _largest = new double[rows.Header.Count];
        if (_dataSets.IsEmpty || _dataSets.Any(set => set is { Validation: < 0, Test: < 0 }) || (_architecture < 0 && _index < 0))
        {
            throw rows.Refuse($"the header is '{rows.ShownHeader}', and no columns of it are named: {Advice}");
        }
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">It is none, with line and column.</exception>
    public static AccuracyTable Read(TextInput text, ISearchSpace space, AccuracyColumns? columns)
    {
        var rows = new CsvRows(text, columns?.Separator ?? ',');
        return new AccuracyTableReader(rows, space, columns ?? Guess(rows)).Read();
    }

    private static AccuracyColumns Guess(CsvRows rows)
    {
        if (rows.Header is [var only] && only.IndexOfAny([';', '\t', '|']) is var place and >= 0 && !only.Contains('~', StringComparison.Ordinal))
        {
            string separator = only[place] switch { ';' => "semicolon", '\t' => "tab", _ => "bar" };
            throw rows.Refuse($"the header is '{rows.ShownHeader}', which has no comma: where its separator is a {separator}, add separator={separator} to the columns; {Advice}");
        }

        AccuracyColumns known = KnownColumns.In(rows.Header);
        return rows.Header.Contains(KnownColumns.Architecture) && !known.DataSets.IsEmpty
            ? known
            : throw rows.Refuse(
                $"the header is '{rows.ShownHeader}', which lacks arch, or all of {string.Join(", ", KnownColumns.DataSets.Select(set => $"{set.Prefix}_valid, {set.Prefix}_test"))}: {Advice}");
    }

    private AccuracyTable Read()
    {
        var accuracies = new Dictionary<Architecture, IReadOnlyDictionary<string, Accuracy>>();
        while (_rows.Read())
        {
            accuracies.Add(ReadArchitecture(), _dataSets.ToDictionary(set => set.DataSet, set => new Accuracy(ReadAccuracy(set.Validation), ReadAccuracy(set.Test))));
        }

        if (accuracies.Count == 0)
        {
            throw _rows.Refuse("there is no row after the header");
        }

        RefuseFractions();
        return new AccuracyTable([.. _dataSets.Select(set => set.DataSet)], accuracies, _architectures);
    }

    /// <summary>Reads the row's architecture, which no row before may have had.</summary>
    private Architecture ReadArchitecture()
    {
        long? index = _index < 0 ? null : ReadIndex();
        Architecture architecture = _architecture < 0 ? _space.FromIndex(index!.Value) : ParseArchitecture();
        if (!_lines.TryAdd(architecture, _rows.Line))
        {
            throw _rows.Refuse(
                _architecture < 0 ? _index : _architecture,
                string.Create(CultureInfo.InvariantCulture, $"is on line {_lines[architecture]} already: an architecture has one row, however it is written"));
        }

        if (index is { } number && !_architectures.TryAdd(number, architecture))
        {
            throw _rows.Refuse(_index, string.Create(CultureInfo.InvariantCulture, $"is on line {_lines[_architectures[number]]} already"));
        }

        return architecture;
    }

    private Architecture ParseArchitecture()
    {
        try
        {
            return _space.Parse(_rows[_architecture]);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            // Spaces of users' own need not be as careful as the built-in ones.
            throw _rows.Refuse(ShownText.Of(exception.Message, 2000));
        }
    }

    private long ReadIndex() =>
        long.TryParse(_rows[_index], NumberStyles.None, CultureInfo.InvariantCulture, out long index) && (_architecture >= 0 || index < _space.Count)
            ? index
            : throw _rows.Refuse(_index, _architecture >= 0
                ? "is no whole number from 0"
                : string.Create(CultureInfo.InvariantCulture, $"is no index of {_space.Id}: those go from 0 to {_space.Count - 1}"));

    private double? ReadAccuracy(int column)
    {
        if (column < 0)
        {
            return null;
        }

        string text = _rows[column];
        if (!decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out decimal value))
        {
            throw _rows.Refuse(column, text switch
            {
                "" => "is empty: every row has all the accuracies that its columns are named for",
                _ when text.Contains(',', StringComparison.Ordinal) => "is no number: write it with a decimal point, as in 93.5",
                _ => "is no number from 0 to 100",
            });
        }

        bool areFractions = _columns.Unit == AccuracyUnit.Fraction;
        decimal most = areFractions ? 1 : 100;
        if (value < 0 || value > most)
        {
            throw _rows.Refuse(column, string.Create(CultureInfo.InvariantCulture, $"is not from 0 to {most}: accuracies are in {(areFractions ? "fractions of 1" : "percent")}"));
        }

        // In decimal, or 0.07 would be 7.000000000000001 %.
        double percent = areFractions ? (double)(value * 100) : double.Parse(text, Number, CultureInfo.InvariantCulture);
        _largest[column] = Math.Max(_largest[column], percent);
        return percent;
    }

    private void RefuseFractions()
    {
        if (_columns.Unit is not null)
        {
            return;
        }

        foreach (int column in _dataSets.SelectMany(set => (int[])[set.Validation, set.Test]).Where(column => column >= 0))
        {
            if (_largest[column] <= 1)
            {
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"column {column + 1} ({ShownText.Of(_rows.Header[column])}) is at most {_largest[column]}: these are fractions; percent are expected. Say unit=fraction, or unit=percent where they are so low (AccuracyColumns.Unit, --columns)"));
            }
        }
    }

    private int PlaceOf(string? column)
    {
        if (column is null)
        {
            return -1;
        }

        int place = _rows.Header.TakeWhile(name => name != column).Count();
        return place < _rows.Header.Count
            ? place
            : throw new MissingColumnException(_rows.Refuse($"there is no column '{ShownText.Of(column)}': the header is '{_rows.ShownHeader}'").Message);
    }
}
