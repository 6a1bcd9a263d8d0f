using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RankNas.ApiReference;

/// <summary>The libraries with their public types and their comments.</summary>
internal sealed class Packages
{
    private readonly CSharpCompilation _compilation;
    private readonly HashSet<string> _names;

    private Packages(CSharpCompilation compilation, IEnumerable<IAssemblySymbol> all)
    {
        _compilation = compilation;
        All = [.. all.OrderBy(package => package.Name, StringComparer.Ordinal)];
        _names = [.. All.Select(package => package.Name)];
    }

    public IReadOnlyList<IAssemblySymbol> All { get; }

    public static Packages Load()
    {
        string[] libraries =
        [
            .. Directory.GetFiles(AppContext.BaseDirectory, "RankNas*.xml").Select(comments => Path.ChangeExtension(comments, ".dll"))
                .Where(library => File.Exists(library) && !IsProgram(library)),
        ];
        PortableExecutableReference[] references =
        [
            .. libraries.Select(library => MetadataReference.CreateFromFile(
                library, documentation: new CommentFile(Path.ChangeExtension(library, ".xml")))),
        ];
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Reference", references: [.. references, .. platform.Except(libraries).Select(file => MetadataReference.CreateFromFile(file))]);
        return new Packages(compilation, references.Select(reference => (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!));
    }

    public bool Contains(ISymbol symbol) => symbol.ContainingAssembly is { } package && _names.Contains(package.Name);

    public ISymbol? Find(string commentId) => DocumentationCommentId.GetFirstSymbolForDeclarationId(commentId, _compilation);

    /// <summary>Gets a package's public types by name, nested ones too.</summary>
    public static IReadOnlyList<INamedTypeSymbol> TypesOf(IAssemblySymbol package) =>
        [.. TypesIn(package.GlobalNamespace).Where(Surface.IsPublic).OrderBy(type => type.FullName(), StringComparer.Ordinal)];

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol scope) => scope.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(inner => inner is INamedTypeSymbol type ? TypesIn(type).Prepend(type) : TypesIn(inner));

    private static bool IsProgram(string library) => File.Exists(Path.ChangeExtension(library, ".runtimeconfig.json"));
}
