using static TorchSharp.torch;

namespace RankNas.Proxies.Blocks;

/// <summary>Features as a matrix.</summary>
internal static class PixelRows
{
    /// <summary>Gets a row of channels for each pixel of each image, in float32 at least.</summary>
    /// <param name="features">Features <c>[N, C, H, W]</c>, tokens <c>[N, T, C]</c> or rows <c>[N, C]</c>.</param>
    /// <returns><c>[N·H·W, C]</c>, or a row for each token.</returns>
    public static Tensor Of(Tensor features)
    {
        Tensor last = features.dim() > 3 ? features.movedim([1], [-1]) : features;
        Tensor rows = last.reshape(-1, last.size(-1));
        return rows.dtype == ScalarType.Float64 ? rows : rows.to(ScalarType.Float32);
    }
}
