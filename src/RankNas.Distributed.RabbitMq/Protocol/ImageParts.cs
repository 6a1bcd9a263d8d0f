using System.Buffers.Binary;
using RankNas.Graphs;
using RankNas.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Distributed.Protocol;

/// <summary>Images as bytes, in parts: the normalised values <c>[N, H, W, C]</c> as float64, then the labels <c>[N]</c> as int64, little-endian.</summary>
internal static class ImageParts
{
    private const int PartBytes = 4 << 20;

    /// <summary>Gets how many bytes a batch has.</summary>
    /// <exception cref="OverflowException">More than an array can have.</exception>
    public static int LengthOf(NetworkShape shape, int batchSize, bool hasLabels) =>
        checked(batchSize * ((shape.Channels * shape.Height * shape.Width) + (hasLabels ? 1 : 0)) * sizeof(double));

    /// <summary>Gets how many parts so many bytes have.</summary>
    public static int CountOf(int length) => (length + PartBytes - 1) / PartBytes;

    /// <summary>Gets a part of so many bytes.</summary>
    public static Range RangeOf(int part, int length) => (part * PartBytes)..Math.Min(length, checked((part + 1) * PartBytes));

    /// <summary>Writes a batch.</summary>
    public static byte[] Write(ProbeImages images, int batchSize)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] pixels = ChannelsLast(images.Take(batchSize, ScalarType.Float64)).contiguous().data<double>().ToArray();
        long[] labels = images.TakeLabels(batchSize)?.data<long>().ToArray() ?? [];
        byte[] bytes = new byte[checked((pixels.Length + labels.Length) * sizeof(double))];
        for (int place = 0; place < pixels.Length; place++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(place * sizeof(double)), pixels[place]);
        }

        for (int place = 0; place < labels.Length; place++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((pixels.Length + place) * sizeof(long)), labels[place]);
        }

        return bytes;
    }

    /// <summary>Reads a batch.</summary>
    /// <exception cref="ArgumentException">The values are no images, or the labels no class indices.</exception>
    public static ProbeImages Read(byte[] bytes, NetworkShape shape, int batchSize, bool hasLabels)
    {
        int count = checked(batchSize * shape.Channels * shape.Height * shape.Width);
        double[] pixels = new double[count];
        for (int place = 0; place < count; place++)
        {
            pixels[place] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(place * sizeof(double)));
        }

        long[] labels = new long[hasLabels ? batchSize : 0];
        for (int place = 0; place < labels.Length; place++)
        {
            labels[place] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan((count + place) * sizeof(long)));
        }

        using DisposeScope scope = NewDisposeScope();
        const string description = "the images of a search";
        Tensor values = tensor(pixels, device: CPU);
        Tensor? classes = hasLabels ? tensor(labels, device: CPU) : null;
        return shape.Rank switch
        {
            1 => ProbeImages.FromRows(values.reshape(batchSize, shape.Channels), classes, shape.Classes, description),
            2 => ProbeImages.FromSequences(values.reshape(batchSize, shape.Height, shape.Channels), classes, shape.Classes, description),
            _ => ProbeImages.FromTensor(values.reshape(batchSize, shape.Height, shape.Width, shape.Channels).permute(0, 3, 1, 2), classes, shape.Classes, description),
        };
    }

    private static Tensor ChannelsLast(Tensor inputs) => inputs.dim() == 4 ? inputs.permute(0, 2, 3, 1) : inputs;
}
