using System.Xml.Linq;
using System.Xml.XPath;
using Microsoft.CodeAnalysis;

namespace RankNas.ApiReference;

/// <summary>A symbol's comment, with what it inherits from the comments of others.</summary>
internal sealed class Comment
{
    private readonly XElement _element;

    private Comment(XElement element) => _element = element;

    public XElement? Summary => _element.Element("summary");

    public XElement? Remarks => _element.Element("remarks");

    public XElement? Value => _element.Element("value");

    public XElement? Returns => _element.Element("returns");

    public XElement? Example => _element.Element("example");

    public IEnumerable<XElement> Parameters => _element.Elements("typeparam").Concat(_element.Elements("param"));

    public IEnumerable<XElement> Exceptions => _element.Elements("exception");

    public XElement? Parameter(string name) => _element.Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")?.Value == name);

    public static Comment Of(ISymbol symbol, Packages packages) => new(Merge(symbol, packages, depth: 0));

    private static XElement Merge(ISymbol symbol, Packages packages, int depth) => Merge(symbol.GetDocumentationCommentXml(), symbol, packages, depth);

    private static XElement Merge(string? text, ISymbol symbol, Packages packages, int depth)
    {
        XElement own = string.IsNullOrEmpty(text) ? new XElement("member") : XElement.Parse(text, LoadOptions.PreserveWhitespace);
        var merged = new XElement("member", own.Elements().Where(part => part.Name != "inheritdoc"));
        foreach (XElement reference in own.Elements("inheritdoc").Where(_ => depth < 8))
        {
            string? id = reference.Attribute("cref")?.Value;
            ISymbol? source = id is not null ? packages.Find(id) : InheritedBy(symbol);

            // The comment of an extension member is under a name that stands for no symbol.
            string? ofExtension = source is null && id is not null ? packages.CommentOf(id) : null;
            if (source is not null || ofExtension is not null)
            {
                XElement inherited = source is not null ? Merge(source, packages, depth + 1) : Merge(ofExtension, symbol, packages, depth + 1);
                IEnumerable<XElement> parts = reference.Attribute("path") is { } path ? inherited.XPathSelectElements($".{path.Value}") : inherited.Elements();
                merged.Add(parts.Where(part => !merged.Elements().Any(present => KeyOf(present) == KeyOf(part))).ToArray());
            }
        }

        return merged;
    }

    private static (XName Name, string? Subject) KeyOf(XElement part) => (part.Name, (part.Attribute("name") ?? part.Attribute("cref"))?.Value);

    private static ISymbol? InheritedBy(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.BaseType is { SpecialType: SpecialType.None } parent ? parent : type.Interfaces.FirstOrDefault(),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType.BaseType?.InstanceConstructors
            .FirstOrDefault(other => other.Parameters.Select(parameter => parameter.Type).SequenceEqual(
                constructor.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)),
        IMethodSymbol { OverriddenMethod: { } overridden } => overridden.OriginalDefinition,
        IPropertySymbol { OverriddenProperty: { } overridden } => overridden.OriginalDefinition,
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(contract => contract.GetMembers())
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol))
            ?.OriginalDefinition,
    };
}
