namespace RankNas.SearchSpaces;

/// <summary>A setting of a space in <see cref="SpaceCatalog"/>, written <c>name=value</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The values that it takes, in words.</param>
/// <param name="Default">The value where it is left out, in words.</param>
public sealed record SpaceSetting(string Name, string Values, string Default);
