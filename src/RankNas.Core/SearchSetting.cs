namespace RankNas;

/// <summary>One of the settings that a search's result depends on.</summary>
/// <param name="Name">Its name: lower case, words joined by hyphens, such as <c>strategy-seed</c>.</param>
/// <param name="Value">Its value, in a text that is the same on every machine.</param>
public sealed record SearchSetting(string Name, string Value);
