using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RankNas.ApiReference;

/// <summary>Writes the text of comments as Markdown, with links to the types of the packages.</summary>
/// <param name="packages">The packages.</param>
/// <param name="page">The package whose page it is for; null for the index.</param>
internal sealed partial class MarkdownText(Packages packages, IAssemblySymbol? page)
{
    /// <summary>Writes an element of a comment; nothing for null. Paragraphs are kept apart by an empty line.</summary>
    public string Of(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (XNode node in element.Nodes())
        {
            text.Append(Of(node));
        }

        return Indentation().Replace(text.ToString(), "\n").Trim();
    }

    /// <summary>Writes the first paragraph of an element alone, on one line.</summary>
    public string LineOf(XElement? element) => Of(element).Split("\n\n")[0].ReplaceLineEndings(" ");

    /// <summary>Writes a link to a symbol: to its type on the page of its package, or its name alone where it is not of a package.</summary>
    public string LinkTo(ISymbol symbol)
    {
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        string name = symbol is INamedTypeSymbol named ? named.FullName() : $"{type?.FullName()}.{symbol.Name}";
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
        {
            name = type!.FullName();
        }

        return type is null || !packages.Contains(type) || !Surface.IsPublic(type)
            ? $"`{name}`"
            : $"[`{name}`]({(SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, page) ? "" : $"{type.ContainingAssembly.Name}.md")}#{AnchorOf(type)})";
    }

    /// <summary>Gets the anchor of a type's heading as GitHub makes it.</summary>
    public static string AnchorOf(INamedTypeSymbol type) => NotInAnchor().Replace(type.FullName().ToLowerInvariant(), "").Replace(' ', '-');

    private string Of(XNode node) => node switch
    {
        XText text => Escape(Spaces().Replace(text.Value, " ")),
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "code" } code => $"\n\n```csharp\n{Unindent(code.Value)}\n```\n\n",
        XElement { Name.LocalName: "para" } paragraph => $"\n\n{Of(paragraph)}\n\n",
        XElement { Name.LocalName: "br" } => "<br>\n",
        XElement { Name.LocalName: "em" or "i" } emphasis => $"*{Of(emphasis)}*",
        XElement { Name.LocalName: "b" or "strong" } strong => $"**{Of(strong)}**",
        XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => $"`{parameter.Attribute("name")?.Value}`",
        XElement { Name.LocalName: "see" or "seealso" } reference => Of(reference, Of(reference)),
        XElement element => throw new NotSupportedException($"The reference does not know how to write <{element.Name}>: teach MarkdownText."),
        _ => "",
    };

    private string Of(XElement reference, string text)
    {
        if (reference.Attribute("href") is { } address)
        {
            return $"[{(text.Length == 0 ? address.Value : text)}]({address.Value})";
        }

        if (reference.Attribute("cref") is { } cref)
        {
            return packages.Find(cref.Value) is { } symbol ? LinkTo(symbol) : $"`{cref.Value[2..]}`";
        }

        return $"`{reference.Attribute("langword")?.Value}`";
    }

    private static string Escape(string text) => Special().Replace(text, @"\$0");

    private static string Unindent(string code)
    {
        string[] lines = code.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length < indent ? "" : line[indent..])).TrimEnd();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n (?=\S)")]
    private static partial Regex Indentation();

    [GeneratedRegex(@"[*<>\[\]\\`]|(?<!\w)_|_(?!\w)")]
    private static partial Regex Special();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
