using Microsoft.CodeAnalysis;

namespace RankNas.ApiReference;

/// <summary>The API reference: a page for each package, and the index of them all.</summary>
internal static class Reference
{
    /// <summary>Generates the pages from the libraries beside this program and their documentation files.</summary>
    public static IReadOnlyDictionary<string, string> Generate()
    {
        Packages packages = Packages.Load();
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["README.md"] = IndexPage.Of(packages) };
        foreach (IAssemblySymbol package in packages.All)
        {
            pages.Add($"{package.Name}.md", PackagePage.Of(package, packages));
        }

        return pages;
    }
}
