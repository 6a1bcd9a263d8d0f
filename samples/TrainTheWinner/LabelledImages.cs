using RankNas.Graphs;
using RankNas.Images;
using RankNas.Initialization;
using static TorchSharp.torch;

namespace TrainTheWinner;

/// <summary>Images with their labels in memory, pixel by pixel, <c>[H, W, C]</c>, and the places of those that belong to this set.</summary>
internal sealed record LabelledImages(float[] Pixels, long[] Labels, NetworkShape Shape, int[] Places)
{
    public int Count => Places.Length;

    private int ImageSize => Shape.Height * Shape.Width * Shape.Channels;

    /// <summary>Reads the images to train on and those to judge by.</summary>
    public static (LabelledImages Training, LabelledImages Judging) Read(TrainingOptions options)
    {
        LabelledImages all = Read(ProbeImages.FromFile(options.Images));
        if (options.Test is { } test)
        {
            return (all, Read(ProbeImages.FromFile(test)));
        }

        int[] shuffled = [.. all.Places];
        SeededRandom(options.Seed, "held out").Shuffle(shuffled);
        int heldOut = Math.Clamp((int)(options.HeldOut * all.Count), 1, all.Count - 1);
        return (all with { Places = shuffled[heldOut..] }, all with { Places = shuffled[..heldOut] });
    }

    /// <summary>Makes a generator for one purpose, the same on every machine.</summary>
    public static Random SeededRandom(long seed, string purpose) => new(unchecked((int)StableSeed.Derive(seed, purpose)));

    /// <summary>Makes a batch of the images at some places. The caller disposes the tensors.</summary>
    /// <param name="places">The places, of <see cref="Places"/>.</param>
    /// <param name="change">Copies an image's pixels, changed at random or not.</param>
    public (Tensor Images, Tensor Labels) Batch(ReadOnlySpan<int> places, ImageCopy change)
    {
        float[] pixels = new float[places.Length * ImageSize];
        long[] labels = new long[places.Length];
        for (int image = 0; image < places.Length; image++)
        {
            labels[image] = Labels[places[image]];
            change(Pixels.AsSpan(places[image] * ImageSize, ImageSize), pixels.AsSpan(image * ImageSize, ImageSize), Shape);
        }

        // Seen as [N, C, H, W], laid out pixel by pixel: the layout in which libtorch convolves rightly, and fastest.
        using Tensor flat = tensor(pixels);
        using Tensor rows = flat.reshape(places.Length, Shape.Height, Shape.Width, Shape.Channels);
        return (rows.permute(0, 3, 1, 2), tensor(labels));
    }

    private static LabelledImages Read(ProbeImages source)
    {
        using var scope = NewDisposeScope();
        float[] pixels = source.Take(source.Count).permute(0, 2, 3, 1).contiguous().data<float>().ToArray();
        return new LabelledImages(pixels, source.TakeLabels(source.Count)!.data<long>().ToArray(), source.Shape, [.. Enumerable.Range(0, source.Count)]);
    }
}
