using System.Collections.Immutable;

namespace RankNas;

/// <summary>A value of a graph: what one step gives and others take.</summary>
/// <param name="Name">Its name, which no other value of the graph has.</param>
/// <param name="Shape">Its shape without the batch: <c>[C, H, W]</c> for images, <c>[F]</c> for features.</param>
public sealed record OnnxValue(string Name, ImmutableArray<long> Shape);
