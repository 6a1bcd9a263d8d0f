using RankNas.Graphs;

namespace TrainTheWinner;

/// <summary>Copies an image, <c>[H, W, C]</c>.</summary>
internal delegate void ImageCopy(ReadOnlySpan<float> from, Span<float> to, NetworkShape shape);
