using System.Globalization;

namespace RankNas.Tool.Output;

/// <summary>Numbers for people: five significant digits.</summary>
internal static class Figures
{
    public static string Of(double value) => double.IsInfinity(value)
        ? value > 0 ? "∞" : "−∞"
        : Math.Abs(value) is >= 1e7 or (> 0 and < 1e-3)
            ? value.ToString("0.0000e+0", CultureInfo.InvariantCulture)
            : value.ToString("G6", CultureInfo.InvariantCulture);
}
