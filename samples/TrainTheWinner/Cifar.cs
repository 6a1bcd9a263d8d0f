using RankNas.Images;
using static TorchSharp.torch;

namespace TrainTheWinner;

/// <summary>CIFAR files as images with classes.</summary>
internal static class Cifar
{
    /// <summary>Reads the images to train on and those to judge by.</summary>
    public static (LabelledImages Training, LabelledImages Judging) Read(CommandOptions options)
    {
        LabelledImages all = Read(options.Images);
        return options.Test is { } test ? (all, Read(test)) : all.Split(options.HeldOut, options.Seed);
    }

    // The bytes of the file again, from the normalised pixels.
    private static LabelledImages Read(string path)
    {
        var source = ProbeImages.FromFile(path);
        ImageNormalization normalization = source.Normalization!;
        using var scope = NewDisposeScope();
        ReadOnlySpan<float> normalized = source.Take(source.Count).permute(0, 2, 3, 1).contiguous().data<float>().ToArray();
        byte[] pixels = new byte[normalized.Length];
        for (int place = 0; place < pixels.Length; place++)
        {
            int channel = place % source.Shape.Channels;
            pixels[place] = (byte)Math.Round(255 * (normalized[place] * normalization.Deviation[channel] + normalization.Mean[channel]));
        }

        int[] labels = [.. source.TakeLabels(source.Count)!.data<long>().Select(label => (int)label)];
        return LabelledImages.FromPixels(pixels, labels, source.Shape, normalization: normalization, description: source.Description);
    }
}
