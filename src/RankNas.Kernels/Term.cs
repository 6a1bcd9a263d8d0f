using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A term of a sum of images.</summary>
/// <param name="Images">A handle that the sum takes over.</param>
/// <param name="IsOwned">Whether nobody else uses the images, so that they may be overwritten.</param>
/// <param name="Normalization">What normalises them first.</param>
/// <param name="Moments">Their moments, where they are known.</param>
internal sealed record Term(Tensor Images, bool IsOwned, BatchNorm2d? Normalization = null, ChannelMoments? Moments = null)
{
    /// <summary>Images that stay somebody else's.</summary>
    public static Term Shared(Tensor images) => new(images.alias(), IsOwned: false);

    /// <summary>A convolution's output.</summary>
    public static Term Of(Convolved convolved, BatchNorm2d? normalization = null) =>
        new(convolved.Images, IsOwned: true, normalization, convolved.Moments);
}
