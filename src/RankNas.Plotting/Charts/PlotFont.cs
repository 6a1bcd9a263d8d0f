using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace RankNas.Plotting.Charts;

/// <summary>The embedded font, so that plots have text, and the same text, on a machine without fonts too.</summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>A name of our own, so that no other plot of the process gets this font unasked.</summary>
    private const string Name = "RankNas Noto Sans";

    // ScottPlot finds fonts through a list of the whole process: this adds to it, once.
    private static readonly Lazy<PlotFont> Registered = new(Register);

    private readonly SKTypeface _regular = Read("NotoSans-Regular");
    private readonly SKTypeface _semiBold = Read("NotoSans-SemiBold");

    private PlotFont()
    {
    }

    /// <summary>Gets the font for a text: the embedded one, or where that lacks a letter, what the machine has for it.</summary>
    public static string For(string text)
    {
        SKTypeface font = Registered.Value._regular;
        return font.ContainsGlyphs(text.Replace('\n', ' ')) ? Name : Fonts.Detect(text);
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName != Name ? null : weight >= FontWeight.SemiBold ? _semiBold : _regular;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, bold ? FontWeight.Bold : FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    private static PlotFont Register()
    {
        var font = new PlotFont();
        Fonts.FontResolvers.Insert(0, font);
        return font;
    }

    private static SKTypeface Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"RankNas.{name}.ttf")!;
        return SKTypeface.FromStream(stream);
    }
}
