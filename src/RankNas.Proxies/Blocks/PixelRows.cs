using static TorchSharp.torch;

namespace RankNas.Proxies.Blocks;

/// <summary>Features as a matrix.</summary>
internal static class PixelRows
{
    /// <summary>Gets a row of channels for each pixel of each image, in float32 at least.</summary>
    /// <param name="features">Features <c>[N, C, H, W]</c>.</param>
    /// <returns><c>[N·H·W, C]</c>.</returns>
    public static Tensor Of(Tensor features)
    {
        Tensor rows = features.movedim([1], [-1]).reshape(-1, features.shape[1]);
        return rows.dtype == ScalarType.Float64 ? rows : rows.to(ScalarType.Float32);
    }
}
