using System.Buffers.Binary;
using System.Text;
using RankNas.Images;
using RankNas.Weights;

namespace RankNas.Fuzz.Targets;

/// <summary>Images and tensors in binary files.</summary>
internal static class ImageTargets
{
    private const int Record = 3073;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("safetensors", ReadTensors, [typeof(InvalidDataException)],
            [Tensors("""{"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""", 16), Tensors("""{"__metadata__":{"k":"v"}}""", 0)]),
        new("cifar", ReadCifar, [typeof(InvalidDataException)], [[0, .. Enumerable.Repeat((byte)9, Record)], [3, 1, 2, 3], [7, 19, 99, 1], [6, 7]]),
        new("idx", ReadIdx, [typeof(InvalidDataException)],
            [Idx([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 8, .. Enumerable.Repeat((byte)7, 128)], [0, 0, 8, 1, 0, 0, 0, 2, 1, 9])]),
    ];

    private static void ReadTensors(byte[] input)
    {
        using TensorFile file = TensorFile.Load(InputFiles.Write("some.safetensors", input));
        string again = InputFiles.Write("again.safetensors", []);
        TensorFile.Save(again, file.Tensors, file.Metadata.ToDictionary());
        using TensorFile read = TensorFile.Load(again);
        FuzzFailedException.ThrowUnless(read.Tensors.Keys.Order().SequenceEqual(file.Tensors.Keys.Order()), "Tensors that were written are not all there.");
    }

    // The first byte says which of the two it is, and whether the last record is filled up, which hardly ever happens by chance.
    private static void ReadCifar(byte[] input)
    {
        byte kind = input.Length > 0 ? input[0] : (byte)0;
        int record = (kind & 1) == 0 ? Record : Record + 1;
        ReadOnlySpan<byte> content = input.AsSpan(Math.Min(1, input.Length));
        byte[] file = new byte[(kind & 2) == 0 ? content.Length : (content.Length + record - 1) / record * record];
        content.CopyTo(file);
        string path = InputFiles.Write((kind & 4) == 0 ? "images.bin" : (kind & 1) == 0 ? "cifar-10.bin" : "cifar-100.bin", file);
        LabelledImages images = LabelledImages.FromFile(path);
        (TorchSharp.torch.Tensor pixels, TorchSharp.torch.Tensor labels) = images.Take([0]);
        pixels.Dispose();
        labels.Dispose();
    }

    // The length of the images, the images, the labels.
    private static void ReadIdx(byte[] input)
    {
        int length = input.Length < 2 ? 0 : Math.Min(BinaryPrimitives.ReadUInt16BigEndian(input), input.Length - 2);
        ReadOnlySpan<byte> rest = input.AsSpan(Math.Min(2, input.Length));
        string images = InputFiles.Write("images-idx3-ubyte", rest[..length]);
        string labels = InputFiles.Write("labels-idx1-ubyte", rest[length..]);
        LabelledImages read = LabelledImages.FromIdx(images, labels);
        FuzzFailedException.ThrowUnless(read.PixelsOf(read.Count - 1).Length == read.Shape.Channels * read.Shape.Height * read.Shape.Width, "An image has other sizes than its shape.");
    }

    private static byte[] Tensors(string header, int bytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return [.. length, .. text, .. new byte[bytes]];
    }

    private static byte[] Idx(byte[] images, byte[] labels) => [(byte)(images.Length >> 8), (byte)images.Length, .. images, .. labels];
}
