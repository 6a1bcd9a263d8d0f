using System.Globalization;
using System.Text.RegularExpressions;

namespace RankNas.Packages.Tests.Notebooks;

/// <summary>One output of a cell.</summary>
/// <param name="Kind">As the file has it: <c>stream</c>, <c>display_data</c> or <c>execute_result</c>.</param>
/// <param name="Texts">A text for each MIME type; for a stream, one by the stream's name.</param>
internal sealed partial record NotebookOutput(string Kind, IReadOnlyDictionary<string, string> Texts)
{
    private const double Tolerance = 1e-3;

    /// <summary>Says how another output differs in what it tells a reader; null where it does not.</summary>
    /// <remarks>Pictures are left out: they are drawn from the same numbers. Times differ from run to run, and the last digits of scores from processor to processor.</remarks>
    public string? DifferenceFrom(NotebookOutput other)
    {
        if (Kind != other.Kind || !Texts.Keys.SequenceEqual(other.Texts.Keys))
        {
            return $"{Kind} of {string.Join(", ", Texts.Keys)} is {other.Kind} of {string.Join(", ", other.Texts.Keys)}";
        }

        foreach ((string type, string text) in Texts)
        {
            string[] mine = Words(text), others = Words(other.Texts[type]);
            for (int word = 0; word < Math.Max(mine.Length, others.Length); word++)
            {
                (string one, string two) = (mine.ElementAtOrDefault(word) ?? "the end", others.ElementAtOrDefault(word) ?? "the end");
                if (one != two && !(Number(one) is { } first && Number(two) is { } second && Math.Abs(first - second) <= Tolerance * Math.Max(Math.Abs(first), Math.Abs(second))))
                {
                    return $"in {type}, '{one}' is '{two}', after '{string.Concat(mine.Take(word).TakeLast(12))}'";
                }
            }
        }

        return null;
    }

    private static string[] Words(string text) =>
        [.. Word().Matches(Duration().Replace(Picture().Replace(text.ReplaceLineEndings("\n"), "<svg/>"), "0:00:00")).Select(word => word.Value)];

    private static double? Number(string word) =>
        double.TryParse(word, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double number) ? number : null;

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex(@"\d+:\d\d:\d\d")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\d[\d,]*(\.\d+)?(e[+-]?\d+)?|\D", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
