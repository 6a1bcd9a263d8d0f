namespace RankNas;

/// <summary>One of the settings that a search's result depends on.</summary>
/// <param name="Name">The name: lower case, words joined by hyphens, such as <c>strategy-seed</c>.</param>
/// <param name="Value">The value, formatted independently of the culture.</param>
public sealed record SearchSetting(string Name, string Value);
