using System.Text.Json.Serialization;

namespace RankNas.Distributed.Protocol;

/// <summary>Messages as JSON, with code generated at compile time.</summary>
[JsonSerializable(typeof(SearchAnnouncement))]
[JsonSerializable(typeof(SearchOver))]
[JsonSerializable(typeof(WhoIsThere))]
[JsonSerializable(typeof(ImagesWanted))]
[JsonSerializable(typeof(ImagesPart))]
[JsonSerializable(typeof(WorkUnit))]
[JsonSerializable(typeof(WorkReply))]
[JsonSerializable(typeof(WorkerPresence))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
internal sealed partial class ClusterJson : JsonSerializerContext;
