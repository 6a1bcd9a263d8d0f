using System.Globalization;

namespace RankNas.Strategies;

/// <summary>The checks of the strategies' options.</summary>
internal static class OptionChecks
{
    // Beyond it, a strategy would draw for hours before it asked for a single score.
    private const int Most = 1_000_000;

    public static int Number(int value, int least, string name, int most = Most) => AtLeast(value, least, name) <= most
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be at most {most:N0}."));

    public static int AtLeast(int value, int least, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: it must be at least {least}.");

    public static double Probability(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {Text(value)}: it must be from 0 to 1.");

    public static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {Text(value)}: it must be a finite number greater than 0.");

    public static double BetweenZeroAndOne(double value, string name) => value is > 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {Text(value)}: it must be between 0 and 1.");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
