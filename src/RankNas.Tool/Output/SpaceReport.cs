namespace RankNas.Tool.Output;

/// <summary>A space as <c>spaces --json</c> has it. The number of architectures is in digits: it may be too large for a number of JSON.</summary>
internal sealed record SpaceReport(string Name, string Summary, string Architectures, IReadOnlyList<SpaceSettingReport> Settings, string Notation, string Example);

/// <summary>A setting of a space.</summary>
internal sealed record SpaceSettingReport(string Name, string Values, string Default);
