using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RankNas.Graphs.Operations;

/// <summary>The operation of a node. The operations of this namespace are the only ones, so that all code that processes graphs can handle them all.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(ActivationOperation), "activation")]
[JsonDerivedType(typeof(AddOperation), "add")]
[JsonDerivedType(typeof(BatchNormOperation), "batchNorm")]
[JsonDerivedType(typeof(ClassTokenOperation), "classToken")]
[JsonDerivedType(typeof(ConcatenateOperation), "concatenate")]
[JsonDerivedType(typeof(ConvolutionOperation), "convolution")]
[JsonDerivedType(typeof(DropoutOperation), "dropout")]
[JsonDerivedType(typeof(GlobalPoolingOperation), "globalPooling")]
[JsonDerivedType(typeof(IdentityOperation), "identity")]
[JsonDerivedType(typeof(LayerNormOperation), "layerNorm")]
[JsonDerivedType(typeof(LinearOperation), "linear")]
[JsonDerivedType(typeof(MatrixProductOperation), "matrixProduct")]
[JsonDerivedType(typeof(MultiplyOperation), "multiply")]
[JsonDerivedType(typeof(PoolingOperation), "pooling")]
[JsonDerivedType(typeof(PositionEmbeddingOperation), "positionEmbedding")]
[JsonDerivedType(typeof(ReshapeOperation), "reshape")]
[JsonDerivedType(typeof(ScaleOperation), "scale")]
[JsonDerivedType(typeof(SliceOperation), "slice")]
[JsonDerivedType(typeof(SoftmaxOperation), "softmax")]
[JsonDerivedType(typeof(TransposeOperation), "transpose")]
[JsonDerivedType(typeof(ZerosOperation), "zeros")]
public abstract record GraphOperation
{
    /// <summary>The largest number of dimensions of a value, without the batch.</summary>
    internal const int MostDimensions = 16;

    private protected GraphOperation()
    {
    }

    /// <summary>Gets the prefix of automatic layer names, in lower case.</summary>
    internal abstract string ShortName { get; }

    /// <summary>Gets the operation in words, such as <c>a 3x3 convolution</c>.</summary>
    internal abstract string Title { get; }

    /// <summary>Computes the output shape.</summary>
    /// <param name="inputs">The shapes that go in.</param>
    /// <exception cref="GraphException">The shapes do not match; the message says what would, as the end of a sentence.</exception>
    internal abstract ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs);

    /// <summary>Gets the trainable tensors: the suffixes of their names, and their shapes.</summary>
    /// <param name="inputs">The shapes that go in.</param>
    internal virtual IEnumerable<(string Suffix, ImmutableArray<int> Shape)> ParametersOf(ImmutableArray<ImmutableArray<int>> inputs) => [];

    /// <summary>Counts the multiply-accumulates for one image.</summary>
    /// <param name="inputs">The shapes that go in.</param>
    /// <param name="output">The output shape.</param>
    internal virtual long MacsOf(ImmutableArray<ImmutableArray<int>> inputs, ImmutableArray<int> output) => 0;

    internal static string TextOf(ImmutableArray<int> shape) => $"[{string.Join(", ", shape)}]";

    internal static long ElementsOf(ImmutableArray<int> shape) => shape.Aggregate(1L, (product, size) => checked(product * size));

    private protected static ImmutableArray<int> Only(ImmutableArray<ImmutableArray<int>> inputs) =>
        inputs is [var only] ? only : throw new GraphException("it takes one input.");

    private protected static ImmutableArray<int> Images(ImmutableArray<ImmutableArray<int>> inputs) =>
        Only(inputs) is [_, _, _] images ? images : throw new GraphException("it takes images [C, H, W].");

    private protected static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new GraphException(otherwise);
        }
    }

    private protected static void RequireAxis(int axis, ImmutableArray<int> shape) =>
        Require(axis >= 0 && axis < shape.Length, FormattableString.Invariant($"there is no dimension {axis}: write 0 to {shape.Length - 1}, not counting the batch."));

    // What comes out of a window that slides over images.
    private protected static ImmutableArray<int> Slide(
        ImmutableArray<int> images, int channels, Size2D kernel, Size2D stride, Size2D padding, Size2D dilation, bool roundsUp = false)
    {
        Require(kernel is { Height: > 0, Width: > 0 } && stride is { Height: > 0, Width: > 0 } && dilation is { Height: > 0, Width: > 0 }, "kernel, stride and dilation are at least 1.");
        Require(padding is { Height: >= 0, Width: >= 0 }, "the padding is at least 0.");
        return
        [
            channels,
            SlideAlong(images[1], kernel.Height, stride.Height, padding.Height, dilation.Height, roundsUp),
            SlideAlong(images[2], kernel.Width, stride.Width, padding.Width, dilation.Width, roundsUp),
        ];
    }

    private static int SlideAlong(int size, int kernel, int stride, int padding, int dilation, bool roundsUp)
    {
        // As in PyTorch: rounding up, a window may reach beyond the image, as that of 2 over 1 pixel does.
        long room = size + (2L * padding) - (dilation * (kernel - 1L)) - 1 + (roundsUp ? stride - 1 : 0);
        Require(room >= 0, FormattableString.Invariant($"its window of {(dilation * (kernel - 1L)) + 1} pixels is larger than {size} with a padding of {padding}: make it smaller, or pad more."));
        long places = (room / stride) + 1;

        // And the last window begins within the image or the padding before it.
        return checked((int)(roundsUp && (places - 1) * stride >= (long)size + padding ? places - 1 : places));
    }

    // As PyTorch broadcasts: from the last dimension, sizes alike or 1.
    internal static ImmutableArray<int> Broadcast(ImmutableArray<int> left, ImmutableArray<int> right)
    {
        int length = Math.Max(left.Length, right.Length);
        var shape = ImmutableArray.CreateBuilder<int>(length);
        for (int axis = 0; axis < length; axis++)
        {
            int a = SizeAt(left, axis - length), b = SizeAt(right, axis - length);
            Require(a == b || a == 1 || b == 1, "shapes must be alike, or 1 where they differ: change channels or stride, or project one of them by Conv(channels, 1, stride).");
            shape.Add(Math.Max(a, b));
        }

        return shape.MoveToImmutable();
    }

    private static int SizeAt(ImmutableArray<int> shape, int fromEnd) => shape.Length + fromEnd >= 0 ? shape[shape.Length + fromEnd] : 1;
}
