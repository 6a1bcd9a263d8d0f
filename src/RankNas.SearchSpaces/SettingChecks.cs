using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace RankNas.SearchSpaces;

/// <summary>The checks that settings of several spaces share.</summary>
internal static class SettingChecks
{
    private const int LeastResolution = 8;
    private const int MostResolution = 4096;

    public const int MostCells = 1000;
    public const int MostChannels = 4096;

    public static int Within(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be from {least} to {most:N0}."));

    /// <summary>Writes the id of a space: its name, and the settings that are not as by default.</summary>
    public static string IdOf(string name, params (string Name, string? Value)[] settings)
    {
        string[] written = [.. settings.Where(setting => setting.Value is not null).Select(setting => $"{setting.Name}={setting.Value}")];
        return written.Length > 0 ? $"{name}({string.Join(',', written)})" : name;
    }

    /// <summary>Writes numbers joined by plus signs; null where they are the default.</summary>
    public static string? TextOf<T>(ImmutableArray<T> numbers, ImmutableArray<T> byDefault)
        where T : INumber<T> => numbers.SequenceEqual(byDefault) ? null : string.Join('+', numbers.Select(number => number.ToString(null, CultureInfo.InvariantCulture)));

    public static int? Resolution(int? value) => value is { } side ? Within(side, LeastResolution, MostResolution, nameof(Resolution)) : null;

    public static ImmutableArray<T> Ascending<T>(ImmutableArray<T> values, T least, T most, string name)
        where T : INumber<T>
    {
        bool isAscending = !values.IsDefaultOrEmpty && values.All(value => value >= least && value <= most) && values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second);
        return isAscending
            ? values
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is [{(values.IsDefault ? "" : string.Join(", ", values.Select(value => value.ToString(null, CultureInfo.InvariantCulture))))}]: give one or more from {least} to {most}, in ascending order."), name);
    }
}
