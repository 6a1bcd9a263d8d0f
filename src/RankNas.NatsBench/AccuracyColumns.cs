using System.Collections.Immutable;
using RankNas.NatsBench.Accuracies;

namespace RankNas.NatsBench;

/// <summary>The layout of a table: the names of its columns, the separator, and the unit of the accuracies.</summary>
/// <remarks>
/// As text: <c>architecture=arch,flowers=val_acc/test_acc</c>. A data set has a validation and a test column, separated by <c>/</c>; <c>flowers=/test_acc</c> is the
/// test accuracy only, <c>flowers=val_acc/</c> the validation accuracy only. <c>index=</c>, <c>separator=</c> (<c>comma</c>, <c>semicolon</c>, <c>tab</c>, <c>bar</c>, <c>space</c>) and
/// <c>unit=</c> (<c>percent</c>, <c>fraction</c>) may be omitted for the defaults. Column names that contain <c>,</c>, <c>=</c> or <c>/</c> can be given in code only.
/// </remarks>
public sealed record AccuracyColumns
{
    private const string Example = "architecture=arch,flowers=val_acc/test_acc";

    private static readonly (string Name, char Separator)[] Separators =
        [("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("bar", '|'), ("space", ' ')];

    /// <summary>Gets the column of the architectures, in the space's notation; null if there are only indices.</summary>
    /// <value>The default is <c>arch</c>.</value>
    public string? Architecture { get; init; } = KnownColumns.Architecture;

    /// <summary>Gets the column of the architectures' numbers, from 0. With <see cref="Architecture"/> they are the table's own numbers; without it they are
    /// indices in the space (<see cref="ISearchSpace.FromIndex"/>), which differ from NATS-Bench's numbers for the topology space.</summary>
    /// <value>The default is null: there are none.</value>
    public string? Index { get; init; }

    /// <summary>Gets the column separator.</summary>
    /// <value>The default is a comma.</value>
    public char Separator { get; init; } = ',';

    /// <summary>Gets the unit of the accuracies.</summary>
    /// <value>The default is null: percent, but a column that never exceeds 1 is refused, because it probably has fractions.</value>
    public AccuracyUnit? Unit { get; init; }

    /// <summary>Gets the data sets and their columns, at least one.</summary>
    public required ImmutableArray<DataSetColumns> DataSets { get; init; }

    /// <summary>Reads columns from text.</summary>
    /// <param name="text">Such as <c>architecture=arch,flowers=val_acc/test_acc</c>; see the remarks.</param>
    /// <exception cref="FormatException">The text does not name columns; the message says what to write.</exception>
    public static AccuracyColumns Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new Dictionary<string, string>();
        var dataSets = ImmutableArray.CreateBuilder<DataSetColumns>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value] || !values.TryAdd(name, value))
            {
                throw new FormatException($"'{ShownText.Of(part)}' should be a name and a column, each name once: write for example {Example}.");
            }

            if (name is not ("architecture" or "index" or "separator" or "unit"))
            {
                dataSets.Add(ParseDataSet(name, value));
            }
        }

        string? index = values.GetValueOrDefault("index");
        return new AccuracyColumns
        {
            Architecture = values.GetValueOrDefault("architecture") ?? (index is null ? KnownColumns.Architecture : null),
            Index = index,
            Separator = ParseSeparator(values.GetValueOrDefault("separator", "comma")),
            Unit = ParseUnit(values.GetValueOrDefault("unit")),
            DataSets = dataSets.Count > 0
                ? dataSets.ToImmutable()
                : throw new FormatException($"'{ShownText.Of(text)}' names no data set: write for example {Example}."),
        };
    }

    private static DataSetColumns ParseDataSet(string name, string columns) =>
        columns.Split('/', StringSplitOptions.TrimEntries) is [var validation, var test] && validation != test
            ? new DataSetColumns(name, validation.Length > 0 ? validation : null, test.Length > 0 ? test : null)
            : throw new FormatException(
                $"'{ShownText.Of($"{name}={columns}")}' should be a validation and a test column, joined by '/': "
                + $"write {ShownText.Of(name)}=val_acc/test_acc, {ShownText.Of(name)}=/test_acc or {ShownText.Of(name)}=val_acc/.");

    private static char ParseSeparator(string name) => Separators.FirstOrDefault(one => one.Name == name || $"{one.Separator}" == name) is { Name: not null } found
        ? found.Separator
        : throw new FormatException($"separator is '{ShownText.Of(name)}': write one of {string.Join(", ", Separators.Select(one => one.Name))}.");

    private static AccuracyUnit? ParseUnit(string? name) => name switch
    {
        null => null,
        "percent" => AccuracyUnit.Percent,
        "fraction" => AccuracyUnit.Fraction,
        _ => throw new FormatException($"unit is '{ShownText.Of(name)}': write percent or fraction."),
    };
}
