using System.Xml.Linq;

namespace RankNas.Plotting;

/// <summary>A drawing of a cell or a network as SVG, ready to be saved. It is immutable: each change returns a new one.</summary>
public sealed class Drawing
{
    private readonly Func<PictureTheme, XElement> _draw;

    internal Drawing(Func<PictureTheme, XElement> draw) => _draw = draw;

    /// <summary>Gets the colours.</summary>
    /// <value>The default is <see cref="PictureTheme.Light"/>.</value>
    public PictureTheme Theme { get; private init; } = PictureTheme.Light;

    /// <summary>Returns the same drawing in other colours.</summary>
    /// <param name="theme">The colours.</param>
    public Drawing WithTheme(PictureTheme theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        return new Drawing(_draw) { Theme = theme };
    }

    /// <summary>Renders the drawing as SVG.</summary>
    public string ToSvg() => ToSvgElement().ToString();

    /// <summary>Saves the drawing as an SVG file.</summary>
    /// <param name="path">The file. It is written atomically; an existing file is replaced.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string path) => PictureFile.Write(path, ToSvg());

    internal XElement ToSvgElement() => _draw(Theme);
}
