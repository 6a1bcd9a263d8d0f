using System.Reflection;

namespace RankNas.Interactive.Views;

/// <summary>What every output has around it: a frame of its own, and the colours of the page.</summary>
internal static class NotebookView
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>Frames an output in the colours of the notebook.</summary>
    public static Html Of(Html body) => Html.Of($"<div class=\"ranknas\"><style>{Html.Trusted(Style.Value)}</style>{body}</div>");

    /// <summary>Frames a picture: in its own colours, if it was given any.</summary>
    public static Html Of(Html body, PictureTheme theme) => theme == PictureTheme.Light ? Of(body) : Html.Of(
        $"<div class=\"ranknas\" style=\"{ColoursOf(theme)}\"><style>{Html.Trusted(Style.Value)}</style>{body}</div>");

    private static string ColoursOf(PictureTheme theme) =>
        $"--background:{theme.Background};--text:{theme.Text};--muted:{theme.Muted};--lines:{theme.Lines};--primary:{theme.Primary};"
        + $"--secondary:{theme.Secondary};--accent:{theme.Accent};--tertiary:{theme.Tertiary}";

    // In one line: a notebook's file has a string for each line of an output.
    private static string ReadStyle()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("RankNas.notebook.css")!;
        using var reader = new StreamReader(stream);
        return string.Concat(reader.ReadToEnd().Split('\n').Select(line => line.Trim()));
    }
}
