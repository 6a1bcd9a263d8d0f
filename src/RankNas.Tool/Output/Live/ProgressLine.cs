using Spectre.Console;
using Spectre.Console.Rendering;

namespace RankNas.Tool.Output.Live;

/// <summary>A bar and what is said beside it, and lines of short facts.</summary>
internal static class ProgressLine
{
    private const int WidestBar = 40;
    private const int LeastBar = 8;
    private const string Between = " · ";

    private static readonly Style Done = new(Color.Green);
    private static readonly Style Rest = new(decoration: Decoration.Dim);

    /// <summary>Makes a line of a title, a bar and a text, the bar as wide as there is room.</summary>
    public static IRenderable Bar(string title, double share, string text, int width)
    {
        int room = Math.Min(WidestBar, width - title.Length - text.Length - 4);
        if (room < LeastBar)
        {
            return new Text(BestTable.Shorten($"{title}  {text}", width));
        }

        int filled = (int)(room * Math.Clamp(share, 0, 1));
        return new Paragraph().Append($"{title}  ").Append(new string('█', filled), Done).Append(new string('░', room - filled), Rest).Append($"  {text}");
    }

    /// <summary>Joins facts in as few lines as the width allows.</summary>
    public static IEnumerable<IRenderable> Facts(IEnumerable<string> facts, int width)
    {
        string line = "";
        foreach (string fact in facts.Select(fact => BestTable.Shorten(fact, width)))
        {
            if (line.Length > 0 && line.Length + Between.Length + fact.Length > width)
            {
                yield return new Text(line, Rest);
                line = "";
            }

            line = line.Length == 0 ? fact : line + Between + fact;
        }

        if (line.Length > 0)
        {
            yield return new Text(line, Rest);
        }
    }

    public static string TextOf(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}");

    /// <summary>Says how long something still takes, so long after that was known.</summary>
    public static string Left(TimeSpan left, TimeSpan since) => $"{TextOf(left > since ? left - since : TimeSpan.Zero)} left";
}
