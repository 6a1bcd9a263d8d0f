using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RankNas.ApiReference;

/// <summary>A package's page: its types in alphabetic order, each with its members.</summary>
internal sealed class PackagePage
{
    private readonly Packages _packages;
    private readonly MarkdownText _markdown;
    private readonly StringBuilder _page = new();

    private PackagePage(Packages packages, MarkdownText markdown) => (_packages, _markdown) = (packages, markdown);

    public static string Of(IAssemblySymbol package, Packages packages)
    {
        var page = new PackagePage(packages, new MarkdownText(packages, package));
        page._page.Append($"# {package.Name}\n\n[All packages](README.md)\n");
        foreach (INamedTypeSymbol type in Packages.TypesOf(package))
        {
            page.AddType(type);
        }

        return page._page.ToString();
    }

    private void AddType(INamedTypeSymbol type)
    {
        var comment = Comment.Of(type, _packages);
        _page.Append($"\n## {type.FullName().Replace("<", "\\<", StringComparison.Ordinal)}\n\n```csharp\n{Declaration.Of(type)}\n```\n");
        AddParagraph(comment.Summary);
        AddParagraph(comment.Remarks);
        AddParagraph(comment.Example);
        if (type.TypeKind == TypeKind.Delegate)
        {
            _page.Append('\n');
            AddDetails(comment, indent: "");
            return;
        }

        ILookup<string, ISymbol> members = Surface.MembersOf(type).ToLookup(KindOf);
        foreach (string kind in (string[])["Constructors", "Values", "Fields", "Properties", "Methods", "Operators", "Events"])
        {
            if (members.Contains(kind))
            {
                _page.Append($"\n**{kind}**\n\n");
                foreach (ISymbol member in kind == "Values" ? members[kind] : members[kind].OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    AddMember(member, comment);
                }
            }
        }
    }

    private void AddMember(ISymbol member, Comment ofType)
    {
        var comment = Comment.Of(member, _packages);
        // A record's component is described by the parameter of the record.
        XElement? summary = comment.Summary ?? (member is IPropertySymbol ? ofType.Parameter(member.Name) : null);
        // A primary constructor repeats the comment of its type.
        bool isRepeated = XNode.DeepEquals(summary, ofType.Summary);
        string text = isRepeated ? "" : _markdown.LineOf(summary);
        _page.Append($"- `{Declaration.Of(member)}`{(text.Length == 0 ? "" : "  \n  ")}{text}");
        string value = _markdown.LineOf(comment.Value);
        _page.Append(value.Length == 0 ? "\n" : $" {value}\n");
        string remarks = isRepeated ? "" : _markdown.Of(comment.Remarks);
        _page.Append(remarks.Length == 0 ? "" : $"\n  {remarks.Replace("\n", "\n  ", StringComparison.Ordinal)}\n\n");
        AddDetails(comment, indent: "  ");
    }

    private void AddDetails(Comment comment, string indent)
    {
        foreach (XElement parameter in comment.Parameters)
        {
            _page.Append($"{indent}- `{parameter.Attribute("name")?.Value}`: {_markdown.LineOf(parameter)}\n");
        }

        if (comment.Returns is { } returns)
        {
            _page.Append($"{indent}- returns: {_markdown.LineOf(returns)}\n");
        }

        foreach (XElement exception in comment.Exceptions)
        {
            string cref = exception.Attribute("cref")?.Value ?? "";
            string type = _packages.Find(cref) is { } symbol ? _markdown.LinkTo(symbol) : $"`{cref[2..]}`";
            _page.Append($"{indent}- throws {type}: {_markdown.LineOf(exception)}\n");
        }
    }

    private void AddParagraph(XElement? element)
    {
        string text = _markdown.Of(element);
        _page.Append(text.Length == 0 ? "" : $"\n{text}\n");
    }

    private static string KindOf(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "Constructors",
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => "Operators",
        IMethodSymbol => "Methods",
        IPropertySymbol => "Properties",
        IEventSymbol => "Events",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "Values",
        _ => "Fields",
    };
}
