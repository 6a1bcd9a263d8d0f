using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RankNas.ApiReference;

/// <summary>The libraries with their public types and their comments.</summary>
internal sealed class Packages
{
    private readonly CSharpCompilation _compilation;
    private readonly HashSet<string> _names;
    private readonly IReadOnlyList<CommentFile> _comments;

    private Packages(CSharpCompilation compilation, IEnumerable<IAssemblySymbol> all, IReadOnlyList<CommentFile> comments)
    {
        _compilation = compilation;
        _comments = comments;
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
        CommentFile[] comments = [.. libraries.Select(library => new CommentFile(Path.ChangeExtension(library, ".xml")))];
        PortableExecutableReference[] references =
        [
            .. libraries.Zip(comments, (library, comment) => MetadataReference.CreateFromFile(library, documentation: comment)),
        ];
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Reference", references: [.. references, .. platform.Except(libraries).Select(file => MetadataReference.CreateFromFile(file))]);
        return new Packages(compilation, references.Select(reference => (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!), comments);
    }

    public bool Contains(ISymbol symbol) => symbol.ContainingAssembly is { } package && _names.Contains(package.Name);

    public ISymbol? Find(string commentId) => DocumentationCommentId.GetFirstSymbolForDeclarationId(commentId, _compilation);

    /// <summary>Gets a comment by its id, also one that stands for no symbol.</summary>
    public string? CommentOf(string commentId) => _comments.Select(comments => comments.Find(commentId)).FirstOrDefault(text => text is not null);

    /// <summary>Gets a package's public types by name, nested ones too.</summary>
    public static IReadOnlyList<INamedTypeSymbol> TypesOf(IAssemblySymbol package) =>
        [.. TypesIn(package.GlobalNamespace).Where(type => Surface.IsPublic(type) && type.CanBeReferencedByName).OrderBy(type => type.FullName(), StringComparer.Ordinal)];

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol scope) => scope.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(inner => inner is INamedTypeSymbol type ? TypesIn(type).Prepend(type) : TypesIn(inner));

    private static bool IsProgram(string library) => File.Exists(Path.ChangeExtension(library, ".runtimeconfig.json"));
}
