using System.Text;
using Microsoft.CodeAnalysis;

namespace RankNas.ApiReference;

/// <summary>The reference's first page: every public type of every package, in a line.</summary>
internal static class IndexPage
{
    public static string Of(Packages packages)
    {
        var markdown = new MarkdownText(packages, page: null);
        var page = new StringBuilder("""
            # API reference

            Every public type, by package. These pages are generated from the documentation comments; do not edit them:

            ```sh
            dotnet run -c Release --project eng/RankNas.ApiReference
            ```
            """.ReplaceLineEndings("\n"));
        foreach (IAssemblySymbol package in packages.All)
        {
            page.Append($"\n\n## [{package.Name}]({package.Name}.md)\n\n| type | |\n|---|---|\n");
            page.AppendJoin('\n', Packages.TypesOf(package).Select(type =>
                $"| {markdown.LinkTo(type)} | {markdown.LineOf(Comment.Of(type, packages).Summary).Replace("|", "\\|", StringComparison.Ordinal)} |"));
        }

        return page.Append('\n').ToString();
    }
}
