using System.Text.Json.Serialization;

namespace RankNas.Fitting.Running;

/// <summary>How the summary is written, without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(FitSummary))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class FitJson : JsonSerializerContext;
