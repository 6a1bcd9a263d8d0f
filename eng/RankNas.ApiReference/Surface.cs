using Microsoft.CodeAnalysis;

namespace RankNas.ApiReference;

/// <summary>What of a type a reader can use.</summary>
internal static class Surface
{
    /// <summary>Gets a type's name with those of the types around it.</summary>
    public static string FullName(this INamedTypeSymbol type) => type.ToDisplayString(Declaration.Name);

    /// <summary>Tells whether a symbol can be seen from outside of its package.</summary>
    public static bool IsPublic(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && (symbol.ContainingType is not { } outer || IsPublic(outer));

    /// <summary>Gets a type's own members as they were declared, without what the compiler adds.</summary>
    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) => type.GetMembers()
        .Where(member => member is not INamedTypeSymbol && IsPublic(member) && IsWritten(member) && !IsInheritedFromObject(member));

    private static bool IsWritten(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true } constructor => constructor.GetDocumentationCommentXml() is { Length: > 0 },
        IMethodSymbol method => method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor or MethodKind.UserDefinedOperator or MethodKind.Conversion
            && !IsGenerated(method),
        IPropertySymbol property => !(property.ContainingType.IsRecord && property.Name == "EqualityContract"),
        IFieldSymbol field => field.Name != "value__",
        _ => !IsGenerated(member),
    };

    private static bool IsGenerated(ISymbol member) =>
        member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute");

    private static bool IsInheritedFromObject(ISymbol member) => member is IMethodSymbol { IsOverride: true, Name: "Equals" or "GetHashCode" or "ToString" };
}
