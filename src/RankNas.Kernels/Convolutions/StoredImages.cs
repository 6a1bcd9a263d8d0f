using System.Runtime.InteropServices;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels.Convolutions;

/// <summary>Images that lie in memory, with all channels.</summary>
internal sealed class StoredImages<T>(PixelMemory<T> images, PixelReading reading, PaddedImage padded) : IImageReader
    where T : unmanaged, IPixelValue<T>
{
    // Where channels fill no whole vectors, what is read cannot go to its place at once.
    private readonly Scratch<Float32Value> _read = new(reading.Factors is null || padded.Pixel == images.Channels ? 0 : images.ValuesOfImage);

    public PaddedImage Image => padded;

    public int Read(int image, int group)
    {
        if (group == 0)
        {
            Read(image);
        }

        return group * RowProduct.Lanes;
    }

    public void Dispose()
    {
        _read.Dispose();
        padded.Dispose();
    }

    private void Read(int image)
    {
        if (reading.Factors is null)
        {
            padded.Read(images.ValuesOf(image), 0, reading.Clamp);
        }
        else if (padded.Pixel == images.Channels)
        {
            padded.Read(images.ValuesOf(image), reading, image * images.ValuesOfImage);
        }
        else
        {
            reading.Read(images.ValuesOf(image), MemoryMarshal.Cast<Float32Value, float>(_read.Values), image * images.ValuesOfImage);
            padded.Read<Float32Value>(_read.Values, 0, Clamp.None);
        }
    }
}
