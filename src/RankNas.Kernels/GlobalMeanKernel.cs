using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels;

/// <summary>The mean of all pixels of each image.</summary>
internal static class GlobalMeanKernel
{
    /// <summary>Takes it.</summary>
    /// <param name="images">The images.</param>
    /// <param name="means">As many images of one pixel.</param>
    /// <param name="clamp">The range that the images are brought into first.</param>
    public static void Apply<T>(PixelMemory<T> images, PixelMemory<T> means, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        Debug.Assert(means.Images == images.Images && means.ValuesOfImage == images.Channels, "A pixel for each image.");
        images.ForEachPart(part =>
        {
            for (int image = part.First; image < part.First + part.Images; image++)
            {
                Apply<T>(images.ValuesOf(image), means.ValuesOf(image), clamp);
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<T>(ReadOnlySpan<T> image, Span<T> means, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = means.Length;
        float factor = 1f / (image.Length / channels);
        Vector512<float> least = Vector512.Create(clamp.Least), most = Vector512.Create(clamp.Most);
        ref T from = ref MemoryMarshal.GetReference(image);
        int channel = 0;
        for (; channel <= channels - Vector512<float>.Count; channel += Vector512<float>.Count)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (nuint offset = (nuint)channel; offset < (nuint)image.Length; offset += (nuint)channels)
            {
                sum += Vector512.MinNative(most, Vector512.MaxNative(least, T.Load(ref from, offset)));
            }

            T.Store(sum * factor, ref MemoryMarshal.GetReference(means), (nuint)channel);
        }

        for (; channel < channels; channel++)
        {
            float sum = 0;
            for (int offset = channel; offset < image.Length; offset += channels)
            {
                sum += clamp.Apply((float)image[offset]);
            }

            means[channel] = (T)(sum * factor);
        }
    }
}
