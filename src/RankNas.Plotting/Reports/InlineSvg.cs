using System.Xml.Linq;

namespace RankNas.Plotting.Reports;

/// <summary>Makes a picture part of a page: in the page's own colours, light or dark, with names that no other picture has.</summary>
internal static class InlineSvg
{
    // Colours that no picture has by chance, each in the place of a variable of the page.
    private static readonly PictureTheme Places = new()
    {
        Background = "#fe0001",
        Text = "#fe0002",
        Muted = "#fe0003",
        Lines = "#fe0004",
        Primary = "#fe0005",
        Secondary = "#fe0006",
        Accent = "#fe0007",
        Tertiary = "#fe0008",
    };

    private static readonly Dictionary<string, string> Variables = new(StringComparer.OrdinalIgnoreCase)
    {
        [Places.Background] = "var(--background)",
        [Places.Text] = "var(--text)",
        [Places.Muted] = "var(--muted)",
        [Places.Lines] = "var(--lines)",
        [Places.Primary] = "var(--primary)",
        [Places.Secondary] = "var(--secondary)",
        [Places.Accent] = "var(--accent)",
        [Places.Tertiary] = "var(--tertiary)",
    };

    /// <summary>Writes a chart without its title, which the page sets above it; who cannot see the picture is told it.</summary>
    public static Html Of(Chart chart, string name)
    {
        XElement svg = chart.WithTheme(Places).WithTitle("").ToSvgElement();
        ((XElement)svg.FirstNode!).Value = PictureText.Clean(chart.Title);
        return Of(svg, name);
    }

    public static Html Of(Drawing drawing, string name) => Of(drawing.WithTheme(Places).ToSvgElement(), name);

    private static Html Of(XElement svg, string name)
    {
        foreach (XElement element in svg.DescendantsAndSelf())
        {
            // In a page, SVG needs no namespace.
            element.Name = element.Name.LocalName;
            foreach (XAttribute attribute in element.Attributes().ToList())
            {
                Change(attribute, name);
            }
        }

        return Html.Trusted(svg.ToString(SaveOptions.DisableFormatting));
    }

    private static void Change(XAttribute attribute, string name)
    {
        if (attribute.IsNamespaceDeclaration)
        {
            attribute.Remove();
        }
        else if (Variables.TryGetValue(attribute.Value, out string? variable))
        {
            attribute.Value = variable;
        }
        else if (attribute.Name == "id")
        {
            attribute.Value = $"{name}-{attribute.Value}";
        }
        else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
        {
            attribute.Value = $"url(#{name}-{attribute.Value[5..]}";
        }
    }
}
