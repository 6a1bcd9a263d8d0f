namespace RankNas.Tool.Configuration;

/// <summary>An option, its value, and where that is from.</summary>
/// <param name="Option">The option, such as <c>--batch</c>.</param>
/// <param name="Value">Its value as it is written; null where it has none.</param>
/// <param name="From"><c>command line</c>, a variable, the file, or <c>default</c>.</param>
/// <param name="For">The command that it is for; null for all that have the option.</param>
internal sealed record SettingReport(string Option, string? Value, string From, string? For);
