using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs.Json;

/// <summary>A node as JSON has it.</summary>
/// <param name="Name">Its whole name.</param>
/// <param name="Inputs">The numbers of the nodes that it reads.</param>
/// <param name="Operation">The operation that it computes.</param>
/// <param name="Edge">The edge of its block that it is on; left out where it is on none.</param>
internal sealed record NodeEntry(
    string Name,
    ImmutableArray<int> Inputs,
    GraphOperation Operation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Edge = null);
