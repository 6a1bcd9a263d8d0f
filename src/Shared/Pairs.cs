namespace RankNas;

/// <summary>What every statistic of pairs asks of them.</summary>
internal static class Pairs
{
    public static void Check(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"There are {x.Length} values of x and {y.Length} of y: they come in pairs.", nameof(y));
        }

        CheckNumbers(x, nameof(x));
        CheckNumbers(y, nameof(y));
    }

    private static void CheckNumbers(ReadOnlySpan<double> values, string name)
    {
        for (int place = 0; place < values.Length; place++)
        {
            if (double.IsNaN(values[place]))
            {
                throw new ArgumentException($"{name}[{place}] is NaN, which has no rank: leave the pair out.", name);
            }
        }
    }
}
