using System.Text.Json.Serialization;

namespace RankNas.Scoring;

/// <summary>Requests and outcomes as JSON, with code generated at compile time.</summary>
[JsonSerializable(typeof(EvaluationRequest))]
[JsonSerializable(typeof(EvaluationOutcome))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
internal sealed partial class EvaluationJson : JsonSerializerContext;
