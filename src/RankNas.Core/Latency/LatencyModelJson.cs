using System.Text.Json.Serialization;

namespace RankNas.Latency;

/// <summary>Latency models as JSON, with code generated at compile time.</summary>
[JsonSerializable(typeof(LatencyModelData))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
internal sealed partial class LatencyModelJson : JsonSerializerContext;
