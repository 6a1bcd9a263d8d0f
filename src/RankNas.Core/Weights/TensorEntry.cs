using static TorchSharp.torch;

namespace RankNas.Weights;

/// <summary>What the header of a tensor file says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its dtype.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">Where its bytes begin, from the end of the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record TensorEntry(string Name, ScalarType Type, ImmutableArray<long> Shape, long Begin, long End);
