using RankNas.Kernels.Memory;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>Images on the CPU as they lie in memory, pixel by pixel with all channels together: <c>[N, H, W, C]</c>.</summary>
/// <typeparam name="T">Its numbers.</typeparam>
internal readonly unsafe struct PixelMemory<T>
    where T : unmanaged, IPixelValue<T>
{
    // The tensor's memory, which no collection moves.
    private readonly T* _values;

    private PixelMemory(Tensor images)
    {
        Images = (int)images.size(0);
        Channels = (int)images.size(1);
        Height = (int)images.size(2);
        Width = (int)images.size(3);
        _values = (T*)TensorMemory.AddressOf(images);
    }

    public int Images { get; }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    public int Pixels => Images * Height * Width;

    public int ValuesOfImage => Height * Width * Channels;

    public Span<T> Values => new(_values, Pixels * Channels);

    public Span<T> ValuesOf(int image) => Values.Slice(image * ValuesOfImage, ValuesOfImage);

    /// <summary>Tells whether other images have the same shape.</summary>
    public bool IsLike(PixelMemory<T> other) => IsLike(other, other.Channels);

    /// <summary>Tells whether other images have the same shape but for their channels, and these so many.</summary>
    public bool IsLike(PixelMemory<T> other, int channels) => (Images, Channels, Height, Width) == (other.Images, channels, other.Height, other.Width);

    /// <summary>Gets the values of a part of the images.</summary>
    public Span<T> ValuesOf(ImagePart part) => Values.Slice(part.First * ValuesOfImage, part.Images * ValuesOfImage);

    /// <summary>Does work on the images, part by part.</summary>
    /// <param name="rent">Gets what a thread needs for all the parts that it does.</param>
    /// <param name="work">Does a part.</param>
    public void ForEachPart<TScratch>(Func<TScratch> rent, Action<ImagePart, TScratch> work)
        where TScratch : IDisposable
    {
        int images = Images;
        SharedCores.ForEachPart(ImagePart.CountOf(images), rent, (part, scratch) => work(ImagePart.At(part, images), scratch));
    }

    /// <summary>Does work on the images, part by part.</summary>
    public void ForEachPart(Action<ImagePart> work)
    {
        int images = Images;
        SharedCores.ForEachPart(ImagePart.CountOf(images), part => work(ImagePart.At(part, images)));
    }

    /// <summary>Opens a tensor's memory: numbers of this format on the CPU, laid out pixel by pixel.</summary>
    /// <returns>Whether it is so; the tensor must outlive the memory.</returns>
    public static bool TryOpen(Tensor images, out PixelMemory<T> memory)
    {
        memory = default;
        if (images.dtype != T.Format || images.dim() != 4 || !TensorMemory.HoldsOnCpu<T>(images) || images.requires_grad || !IsPixelByPixel(images))
        {
            return false;
        }

        memory = Open(images);
        return true;
    }

    /// <summary>Makes a tensor of this layout, as many images as another has of the same format, with whatever is in memory, and opens it.</summary>
    public static Tensor NewLike(Tensor images, long channels, long height, long width, out PixelMemory<T> memory)
    {
        using Tensor pixels = images.new_empty([images.size(0), height, width, channels]);
        Tensor made = pixels.permute(0, 3, 1, 2);
        memory = Open(made);
        return made;
    }

    /// <summary>Opens memory that <see cref="TryOpen"/> opened before.</summary>
    public static PixelMemory<T> Open(Tensor images) => new(images);

    private static bool IsPixelByPixel(Tensor images)
    {
        (long channels, long height, long width) = (images.size(1), images.size(2), images.size(3));
        return Steps(1, 1) && Steps(3, channels) && Steps(2, width * channels) && Steps(0, height * width * channels);

        // A dimension of 1 takes no step.
        bool Steps(int dimension, long stride) => images.size(dimension) == 1 || images.stride(dimension) == stride;
    }
}
