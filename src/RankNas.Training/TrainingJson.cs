using System.Text.Json.Serialization;
using RankNas.Training.Checkpoints;

namespace RankNas.Training;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainingHistory))]
[JsonSerializable(typeof(TrainingPosition))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class TrainingJson : JsonSerializerContext;
