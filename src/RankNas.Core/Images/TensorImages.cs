using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Images;

/// <summary>A copy of images that the user has in a tensor.</summary>
internal sealed class TensorImages : ProbeImages
{
    private readonly double[] _pixels;
    private readonly long[]? _labels;

    private TensorImages(double[] pixels, long[]? labels, NetworkShape shape, int count, string description)
        : base(description, shape, count)
    {
        _pixels = pixels;
        _labels = labels;
    }

    public override bool HasLabels => _labels is not null;

    /// <summary>Checks and copies the tensors.</summary>
    public static TensorImages Copy(Tensor images, Tensor? labels, int? classes, string? description)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || !images.is_floating_point() || images.numel() == 0)
        {
            throw new ArgumentException(
                $"Images are [N, C, H, W] in floating point, each at least 1, not [{string.Join(", ", images.Sizes())}] in {images.dtype}{AdviceOn(images)}.",
                nameof(images));
        }

        if (ChannelsLast.IsCertain(images))
        {
            throw new ArgumentException(
                $"Images are [N, C, H, W], but [{string.Join(", ", images.Sizes())}] looks like [N, H, W, C], with the channels last: call permute(0, 3, 1, 2) first.",
                nameof(images));
        }

        using DisposeScope scope = NewDisposeScope();
        var size = new NetworkShape { Channels = (int)images.size(1), Height = (int)images.size(2), Width = (int)images.size(3) };
        return Copy("image", images.permute(0, 2, 3, 1), labels, classes, size, description);
    }

    /// <summary>Checks and copies the tensors of a table.</summary>
    public static TensorImages CopyRows(Tensor rows, Tensor? labels, int? classes, string? description)
    {
        ThrowUnless(rows, dimensions: 2, "Rows are [N, F]");
        return Copy("row", rows, labels, classes, NetworkShape.OfRows((int)rows.size(1), 1), description);
    }

    /// <summary>Checks and copies the tensors of sequences.</summary>
    public static TensorImages CopySequences(Tensor sequences, Tensor? labels, int? classes, string? description)
    {
        ThrowUnless(sequences, dimensions: 3, "Sequences are [N, T, F]");
        return Copy("sequence", sequences, labels, classes, NetworkShape.OfSequences((int)sequences.size(1), (int)sequences.size(2), 1), description);
    }

    private static void ThrowUnless(Tensor inputs, int dimensions, string wanted)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.dim() != dimensions || !inputs.is_floating_point() || inputs.numel() == 0)
        {
            throw new ArgumentException($"{wanted} in floating point, each at least 1, not [{string.Join(", ", inputs.Sizes())}] in {inputs.dtype}.", nameof(inputs));
        }
    }

    private static TensorImages Copy(string what, Tensor inChannelsLast, Tensor? labels, int? classes, NetworkShape size, string? description)
    {
        using DisposeScope scope = NewDisposeScope();
        int count = (int)inChannelsLast.size(0);
        double[] values = inChannelsLast.detach().cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        if (Array.FindIndex(values, value => !double.IsFinite(value)) is var position and >= 0)
        {
            throw new ArgumentException(
                $"{char.ToUpperInvariant(what[0])}{what[1..]} {position / (values.Length / count)} has {values[position].ToString(CultureInfo.InvariantCulture)} in it: {what}s are finite.");
        }

        long[]? classIndices = labels is null ? null : CopyLabels(labels, count);
        NetworkShape shape = size with { Classes = ClassesOf(classIndices, classes) };
        return new TensorImages(values, classIndices, shape, count, description ?? string.Create(CultureInfo.InvariantCulture, $"a tensor of {count:N0} {what}s, {shape.InputText}"));
    }

    private protected override void Read(int first, Span<double> pixels, Span<long> labels)
    {
        int imageSize = pixels.Length / labels.Length;
        _pixels.AsSpan(first * imageSize, pixels.Length).CopyTo(pixels);
        ReadLabels(first, labels);
    }

    private protected override void ReadLabels(int first, Span<long> labels) => _labels?.AsSpan(first, labels.Length).CopyTo(labels);

    private static string AdviceOn(Tensor images) => images switch
    {
        _ when images.numel() == 0 => "",
        _ when images.dim() == 3 => ": call unsqueeze(1) for images of one channel, or unsqueeze(0) for one image",
        _ when images.dim() == 4 => ": call to(float32), and give each channel mean 0 and deviation 1",
        _ => "",
    };

    private static long[] CopyLabels(Tensor labels, long images)
    {
        if (labels.dim() != 1 || labels.size(0) != images || !labels.is_integral())
        {
            throw new ArgumentException(
                $"Labels are [{images}] in integers, one for each image, not [{string.Join(", ", labels.Sizes())}] in {labels.dtype}"
                + AdviceOnLabels(labels, images),
                nameof(labels));
        }

        return labels.cpu().to(ScalarType.Int64).contiguous().data<long>().ToArray();
    }

    private static string AdviceOnLabels(Tensor labels, long images) => labels switch
    {
        _ when labels.dim() == 0 || labels.size(0) != images => ".",
        _ when labels.dim() == 2 && labels.size(1) == 1 => ": call squeeze(1), and to(int64) where they are no integers.",
        _ when labels.dim() == 2 => ": call argmax(1) where each row has a number for each class.",
        _ when labels.dim() == 1 => ": call to(int64).",
        _ => ".",
    };

    private static int ClassesOf(long[]? labels, int? classes)
    {
        if (classes < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(classes), classes, "There is at least one class.");
        }

        int defaultClasses = classes ?? new NetworkShape().Classes;
        if (labels is null)
        {
            return defaultClasses;
        }

        (long smallest, long largest) = (labels.Min(), labels.Max());
        long count = classes ?? largest + 1;
        return smallest < 0 || largest >= count || count > int.MaxValue
            ? throw new ArgumentException(
                $"The labels go from {smallest} to {largest}, but class indices {(classes is null && smallest < 0 ? "start from 0" : $"go from 0 to {(classes is null ? int.MaxValue - 1 : count - 1)}")}"
                + (smallest == 1 && largest == count ? ": subtract 1." : "."),
                nameof(labels))
            : (int)count;
    }
}
