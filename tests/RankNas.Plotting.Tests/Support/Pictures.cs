using System.Xml.Linq;

namespace RankNas.Plotting.Tests.Support;

/// <summary>Reads pictures back.</summary>
internal static class Pictures
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Reads an SVG document, which has to be well-formed.</summary>
    public static XElement Read(string svg)
    {
        XElement root = XDocument.Parse(svg).Root!;
        root.Name.Should().Be(Svg + "svg");
        root.Elements().First().Name.Should().Be(Svg + "title");
        root.Descendants(Svg + "script").Should().BeEmpty();
        return root;
    }

    public static string[] Texts(XElement svg) => [.. svg.Descendants(Svg + "text").Select(text => text.Value)];

    /// <summary>Gets where a text of a chart begins, or has its middle or end.</summary>
    public static (double X, double Y) PlaceOf(XElement text)
    {
        string[] numbers = text.AncestorsAndSelf().Attributes("transform").FirstOrDefault()?.Value.Split('(', ')', ' ', ',') ?? [];
        double[] shift = [.. numbers.Select(number => double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : double.NaN).Where(double.IsFinite)];
        double Of(string name) => double.Parse(text.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
        return (shift.ElementAtOrDefault(0) + Of("x"), shift.ElementAtOrDefault(1) + Of("y"));
    }

    /// <summary>Reads a PNG file's width and height.</summary>
    public static (int Width, int Height) SizeOf(byte[] png)
    {
        png.AsSpan(0, 8).SequenceEqual((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]).Should().BeTrue();
        return (
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }
}
