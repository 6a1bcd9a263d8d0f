using Microsoft.CodeAnalysis;

namespace RankNas.ApiReference;

/// <summary>How a type or a member is declared, in C#.</summary>
internal static class Declaration
{
    /// <summary>A type's name.</summary>
    public static readonly SymbolDisplayFormat Name = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: Types);

    private const SymbolDisplayMiscellaneousOptions Types = SymbolDisplayMiscellaneousOptions.UseSpecialTypes
        | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
        | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral;

    private static readonly SymbolDisplayFormat Type = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName,
        miscellaneousOptions: Types);

    private static readonly SymbolDisplayFormat Member = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: Types);

    /// <summary>Writes a type's declaration, with what it inherits and implements.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        string[] inherited = [.. InheritedBy(type).Select(parent => parent.ToDisplayString(Name))];
        string head = $"public {ModifiersOf(type)}{type.ToDisplayString(Type)}";
        return inherited.Length == 0 ? head : $"{head} : {string.Join(", ", inherited)}";
    }

    /// <summary>Writes a member's declaration, on one line.</summary>
    public static string Of(ISymbol member) => member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value
        ? $"{value.Name} = {value.ConstantValue}"
        : $"{ModifiersOf(member)}{DefaultsOf(member).Aggregate(member.ToDisplayString(Member), (text, names) => text.Replace(names.Short, names.Full, StringComparison.Ordinal))}";

    // Roslyn writes a default out of an enumeration without its type.
    private static IEnumerable<(string Short, string Full)> DefaultsOf(ISymbol member) => member is not IMethodSymbol method ? [] : method.Parameters
        .Where(parameter => parameter is { HasExplicitDefaultValue: true, Type.TypeKind: TypeKind.Enum })
        .Select(parameter => ($" {parameter.Name} = ", $" {parameter.Name} = {parameter.Type.ToDisplayString(Name)}."));

    private static string ModifiersOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: not TypeKind.Class } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string ModifiersOf(ISymbol member)
    {
        bool isContract = member.ContainingType.TypeKind == TypeKind.Interface;
        string access = member.DeclaredAccessibility == Accessibility.Public ? "" : "protected ";
        return access + member switch
        {
            IFieldSymbol { IsConst: true } => "const ",
            { IsStatic: true } => "static ",
            { IsAbstract: true } when !isContract => "abstract ",
            { IsVirtual: true } when !isContract => "virtual ",
            { IsOverride: true } => "override ",
            IPropertySymbol { IsRequired: true } => "required ",
            _ => "",
        };
    }

    private static IEnumerable<INamedTypeSymbol> InheritedBy(INamedTypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Enum or TypeKind.Delegate)
        {
            return [];
        }

        IEnumerable<INamedTypeSymbol> interfaces = type.Interfaces.Where(contract => contract.DeclaredAccessibility == Accessibility.Public && !(type.IsRecord && contract.Name == nameof(IEquatable<>)));
        return type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } parent ? interfaces.Prepend(parent) : interfaces;
    }
}
