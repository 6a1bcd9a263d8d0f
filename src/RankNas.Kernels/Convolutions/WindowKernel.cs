using System.Diagnostics;
using RankNas.Graphs.Operations;

namespace RankNas.Kernels.Convolutions;

/// <summary>Any convolution: the values under the kernel, where they lie in the padded image, times a matrix, for sixteen places at once.</summary>
internal static class WindowKernel
{
    /// <inheritdoc cref="ConvolutionKernels.Kernel{T}"/>
    public static ChannelMoments Convolve<T>(
        ConvolutionOperation operation, PixelMemory<T> images, ConvolutionWeights weights, PixelMemory<T> convolved, PixelReading reading)
        where T : unmanaged, IPixelValue<T>
    {
        int inChannels = images.Channels / operation.Groups;
        int outChannels = convolved.Channels / operation.Groups;
        int lanes = (outChannels + RowProduct.Lanes - 1) / RowProduct.Lanes * RowProduct.Lanes;
        int places = operation.Kernel.Height * operation.Kernel.Width;
        Debug.Assert(weights.Weight.Length == convolved.Channels * inChannels * places && convolved.Images == images.Images, "Shapes fit.");
        using var matrix = new Scratch<float>(operation.Groups * lanes * inChannels * places);
        using var bias = new Scratch<float>(operation.Groups * lanes);
        for (int group = 0; group < operation.Groups; group++)
        {
            weights.CopyLanes(group * outChannels, outChannels, inChannels, places, matrix.Values[(group * lanes * inChannels * places)..]);
            weights.CopyBias(group * outChannels, outChannels, bias.Values[(group * lanes)..]);
        }

        ChannelMoments[] moments = ChannelMoments.OfParts(convolved);
        images.ForEachPart(
            () => new PaddedImage(operation, images.Height, images.Width, images.Channels, inChannels, inChannels, columnsBeyond: 3 * operation.Stride.Width),
            (part, padded) =>
            {
                WindowRuns runs = WindowRuns.Of(operation, padded);
                for (int image = part.First; image < part.First + part.Images; image++)
                {
                    for (int group = 0; group < operation.Groups; group++)
                    {
                        padded.Read(images.ValuesOf(image), group * inChannels, reading.Clamp);
                        var output = new WindowOutput<T>(convolved, image, group * outChannels, outChannels);
                        output.Write(operation, padded, runs, matrix.Values.Slice(group * lanes * inChannels * places, lanes * inChannels * places), bias.Values[(group * lanes)..]);
                    }

                    moments[part.Index].Add<T>(convolved.ValuesOf(image));
                }
            });
        return ChannelMoments.Of(moments);
    }
}
