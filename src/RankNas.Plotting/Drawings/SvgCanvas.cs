using System.Xml.Linq;
using RankNas.Plotting.Charts;

namespace RankNas.Plotting.Drawings;

/// <summary>The few shapes that drawings are made of, as SVG elements.</summary>
internal static class SvgCanvas
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static XElement Root(double width, double height, string title, PictureTheme theme, IEnumerable<XElement> content) => new(
        Svg + "svg",
        new XAttribute("width", Text(width)),
        new XAttribute("height", Text(height)),
        new XAttribute("viewBox", $"0 0 {Text(width)} {Text(height)}"),
        new XAttribute("role", "img"),
        new XAttribute("font-family", ChartSvg.FontFamily),
        new XElement(Svg + "title", PictureText.Clean(title)),
        Rectangle(0, 0, width, height, theme.Background),
        content);

    public static XElement Rectangle(double x, double y, double width, double height, string fill, string? stroke = null, double radius = 0) => Shape(
        "rect", ("x", x), ("y", y), ("width", width), ("height", height), ("rx", radius > 0 ? radius : null), ("fill", fill), ("stroke", stroke),
        ("stroke-width", stroke is null ? null : 1.5));

    public static XElement Circle(double x, double y, double radius, string fill, string stroke) =>
        Shape("circle", ("cx", x), ("cy", y), ("r", radius), ("fill", fill), ("stroke", stroke), ("stroke-width", 2.0));

    public static XElement Path(string data, string stroke, double width, string? dashes = null) => Shape(
        "path", ("d", data), ("fill", "none"), ("stroke", stroke), ("stroke-width", width), ("stroke-linecap", "round"), ("stroke-dasharray", dashes));

    public static XElement Area(string data, string fill) => Shape("path", ("d", data), ("fill", fill), ("stroke-linejoin", "round"));

    public static XElement Label(double x, double y, string text, double size, string fill, bool bold = false, string anchor = "middle")
    {
        XElement label = Shape(
            "text", ("x", x), ("y", y), ("font-size", size), ("font-weight", bold ? "600" : null), ("text-anchor", anchor), ("fill", fill));
        label.Add(PictureText.Clean(text));
        return label;
    }

    public static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static XElement Shape(string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        var shape = new XElement(Svg + name);
        foreach ((string attribute, object? value) in attributes)
        {
            shape.SetAttributeValue(attribute, value is double number ? Text(number) : value);
        }

        return shape;
    }
}
