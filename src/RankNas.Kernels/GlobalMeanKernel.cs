using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Vectors;

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
                if (Lanes16.IsSupported)
                {
                    Apply<T, Lanes16>(images.ValuesOf(image), means.ValuesOf(image), clamp);
                }
                else if (Lanes8.IsSupported)
                {
                    Apply<T, Lanes8>(images.ValuesOf(image), means.ValuesOf(image), clamp);
                }
                else
                {
                    Apply<T, Lanes4>(images.ValuesOf(image), means.ValuesOf(image), clamp);
                }
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<T, TVector>(ReadOnlySpan<T> image, Span<T> means, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        int channels = means.Length;
        float factor = 1f / (image.Length / channels);
        TVector least = TVector.Create(clamp.Least), most = TVector.Create(clamp.Most);
        ref T from = ref MemoryMarshal.GetReference(image);
        int channel = 0;
        for (; channel <= channels - TVector.Count; channel += TVector.Count)
        {
            TVector sum = default;
            for (nuint offset = (nuint)channel; offset < (nuint)image.Length; offset += (nuint)channels)
            {
                sum += T.Load<TVector>(ref from, offset).Clamp(least, most);
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
