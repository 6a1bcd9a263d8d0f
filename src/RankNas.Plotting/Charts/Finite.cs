namespace RankNas.Plotting.Charts;

/// <summary>Numbers that can be drawn.</summary>
internal static class Finite
{
    // Beyond, the span of an axis and its margins would overflow.
    private const double Largest = 1e150;

    public static bool Is(double value) => Math.Abs(value) <= Largest;

    public static bool Is(ChartPoint point) => Is(point.X) && Is(point.Y);

    /// <summary>Says how many were left out; null where none were.</summary>
    public static string? Note(int shown, int all) => shown == all
        ? null
        : FormattableString.Invariant($"{all - shown:N0} of {all:N0} {(all - shown == 1 ? "has" : "have")} no finite value here and {(all - shown == 1 ? "is" : "are")} left out");
}
