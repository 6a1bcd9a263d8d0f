using System.Collections.Immutable;

namespace RankNas.Graphs.Json;

/// <summary>A block as JSON has it.</summary>
/// <param name="Name">Its whole name, with which those of its nodes begin.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Input">The number of the node that it reads.</param>
/// <param name="Output">The number of the node that it gives.</param>
/// <param name="First">The number of its first node.</param>
/// <param name="Count">How many nodes it has, one after the other.</param>
/// <param name="Edges">Its edges.</param>
internal sealed record BlockEntry(string Name, string Kind, int Input, int Output, int First, int Count, ImmutableArray<GraphEdge> Edges);
