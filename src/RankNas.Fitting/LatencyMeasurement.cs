namespace RankNas.Fitting;

/// <summary>A measured latency: of several passes the median, and how far half of them are apart.</summary>
/// <param name="Milliseconds">The median time of a pass.</param>
/// <param name="LowerQuartile">The time in milliseconds that a quarter of the passes did not reach.</param>
/// <param name="UpperQuartile">The time in milliseconds that a quarter of the passes exceeded.</param>
/// <param name="Repeats">The number of timed passes.</param>
public sealed record LatencyMeasurement(double Milliseconds, double LowerQuartile, double UpperQuartile, int Repeats)
{
    /// <summary>Describes the latency: <c>2.31 ms (2.29 to 2.40)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds:0.###} ms ({LowerQuartile:0.###} to {UpperQuartile:0.###})");

    /// <summary>Summarises timed passes; quantiles are interpolated linearly.</summary>
    internal static LatencyMeasurement Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        double At(double share)
        {
            double place = share * (sorted.Length - 1);
            int before = (int)place;
            int after = Math.Min(before + 1, sorted.Length - 1);
            return sorted[before] + (place - before) * (sorted[after] - sorted[before]);
        }

        return new LatencyMeasurement(At(0.5), At(0.25), At(0.75), sorted.Length);
    }
}
