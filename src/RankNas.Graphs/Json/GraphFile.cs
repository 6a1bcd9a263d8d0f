using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RankNas.Graphs.Json;

/// <summary>A graph as JSON has it. Shapes are not written: they follow.</summary>
/// <param name="Format">The version of the format.</param>
/// <param name="Channels">The images' channels.</param>
/// <param name="Height">The images' height.</param>
/// <param name="Width">The images' width.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Nodes">All nodes but the input, which is number 0: the first here is number 1.</param>
/// <param name="Blocks">The blocks in order.</param>
/// <param name="Output">The number of the output.</param>
/// <param name="Rank">The dimensions of one input; 3, images, where it is left out.</param>
internal sealed record GraphFile(
    int Format, int Channels, int Height, int Width, int Classes, ImmutableArray<NodeEntry> Nodes, ImmutableArray<BlockEntry> Blocks, int Output,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Rank = null);
