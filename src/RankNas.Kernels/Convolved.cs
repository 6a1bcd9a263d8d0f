using static TorchSharp.torch;

namespace RankNas;

/// <summary>What comes out of a convolution, and nobody else uses.</summary>
/// <param name="Images">The images.</param>
/// <param name="Moments">Their moments, where the convolution took them in passing.</param>
internal sealed record Convolved(Tensor Images, ChannelMoments? Moments = null);
