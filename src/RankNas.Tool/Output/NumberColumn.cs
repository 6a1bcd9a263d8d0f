namespace RankNas.Tool.Output;

/// <summary>The numbers of a column, all in one format: as many decimals as the largest needs for six digits.</summary>
internal static class NumberColumn
{
    private const int Digits = 6;
    private const double Largest = 1e9;
    private const double Smallest = 1e-3;

    /// <summary>Formats a column; null stands for what failed.</summary>
    public static string[] Of(IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        string format = FormatOf([.. all.OfType<double>().Where(double.IsFinite).Select(Math.Abs)]);
        return [.. all.Select(value => value is { } number ? Text(number, format) : "failed")];
    }

    public static string[] Of(IEnumerable<double> values) => Of(values.Select(value => (double?)value));

    public static string[] Of(IEnumerable<long> values) => [.. values.Select(value => value.ToString("N0", CultureInfo.InvariantCulture))];

    /// <summary>Formats a column with as many decimals as are asked for.</summary>
    public static string[] Of(IEnumerable<double> values, int decimals) =>
        Of(values.Select(value => (double?)value), decimals);

    /// <summary>Formats a column with as many decimals as are asked for; null stands for what is not known.</summary>
    /// <remarks>Rounded as numbers are written in decimals, which reports do too: 92.615 is 92.62, though the nearest double is below.</remarks>
    public static string[] Of(IEnumerable<double?> values, int decimals) =>
        [.. values.Select(value => value is { } number ? Text(number, $"#,0.{new string('0', decimals)}") : "")];

    private static string Text(double value, string format) => double.IsInfinity(value)
        ? value > 0 ? "∞" : "−∞"
        : value.ToString(format, CultureInfo.InvariantCulture);

    private static string FormatOf(double[] sizes)
    {
        double most = sizes.DefaultIfEmpty(0).Max();
        if (most < 1e15 && Array.TrueForAll(sizes, size => size == Math.Round(size)))
        {
            return "N0";
        }

        // Ranks that are shared are halves.
        if (most < Largest && Array.TrueForAll(sizes, size => 2 * size == Math.Round(2 * size)))
        {
            return "N1";
        }

        return most is >= Largest or < Smallest
            ? "0.0000e+00"
            : $"N{Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(most)), 1, Digits)}";
    }
}
