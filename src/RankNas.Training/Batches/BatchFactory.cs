using System.Buffers;
using RankNas.Training.Augmentations;

namespace RankNas.Training.Batches;

/// <summary>Makes batches: any one, in any order, on any thread, always the same.</summary>
internal sealed class BatchFactory
{
    private readonly LabelledImages _images;
    private readonly TrainingOptions _options;
    private readonly ImageAugmenter _augmenter;
    private readonly BatchMixer _mixer;
    private readonly double[] _classWeights;

    public BatchFactory(LabelledImages images, TrainingOptions options)
    {
        _images = images;
        _options = options;
        _augmenter = new ImageAugmenter(options.Augmentation, images.Shape, images.Normalization);
        _mixer = new BatchMixer(options.Augmentation, _augmenter.Size);
        _classWeights = WeightsOf(images, options);
    }

    /// <summary>Makes a batch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="indices">The images.</param>
    public PreparedBatch Make(int epoch, ReadOnlySpan<int> indices)
    {
        int size = _augmenter.Size.Values;
        float[] pixels = ArrayPool<float>.Shared.Rent(indices.Length * size);
        long seed = EpochOrder.SeedOf(_options.Seed, "augmentation", epoch);
        byte[] changed = new byte[size], scratch = new byte[size];
        for (int place = 0; place < indices.Length; place++)
        {
            var random = new ImageRandom(seed, indices[place]);
            _augmenter.Apply(_images.PixelsOf(indices[place]), changed, scratch, ref random);
            _images.Normalize(changed, pixels.AsSpan(place * size, size));
        }

        double[] shares = new double[indices.Length * _images.Shape.Classes];
        return new PreparedBatch(indices.Length, Mix(epoch, indices, pixels, shares), Weigh(shares), LargestOf(shares, indices.Length));
    }

    private float[] Mix(int epoch, ReadOnlySpan<int> indices, float[] pixels, double[] shares)
    {
        int size = _augmenter.Size.Values, classes = _images.Shape.Classes;
        if (!_mixer.IsOn || indices.Length < 2)
        {
            for (int place = 0; place < indices.Length; place++)
            {
                shares[place * classes + _images.Labels[indices[place]]] = 1;
            }

            return pixels;
        }

        float[] mixed = ArrayPool<float>.Shared.Rent(indices.Length * size);
        long seed = EpochOrder.SeedOf(_options.Seed, "mixing", epoch);

        // The others are the batch moved on by a number of its own.
        int distance = 1 + new ImageRandom(seed, ~indices[0]).Next(indices.Length - 1);
        for (int place = 0; place < indices.Length; place++)
        {
            int other = (place + distance) % indices.Length;
            var random = new ImageRandom(seed, indices[place]);
            double share = _mixer.Mix(pixels.AsSpan(place * size, size), pixels.AsSpan(other * size, size), mixed.AsSpan(place * size, size), ref random);
            shares[place * classes + _images.Labels[indices[place]]] += share;
            shares[place * classes + _images.Labels[indices[other]]] += 1 - share;
        }

        ArrayPool<float>.Shared.Return(pixels);
        return mixed;
    }

    // Smooths, weighs, and divides by the weight of all images, as PyTorch's mean of a weighted loss does.
    private float[] Weigh(double[] shares)
    {
        int classes = _images.Shape.Classes;
        double all = 0;
        for (int place = 0; place < shares.Length; place++)
        {
            all += shares[place] * _classWeights[place % classes];
        }

        // A batch of nothing but classes of weight 0 has no loss.
        double scale = all > 0 ? 1 / all : 0;
        float[] targets = new float[shares.Length];
        for (int place = 0; place < shares.Length; place++)
        {
            double smoothed = (1 - _options.LabelSmoothing) * shares[place] + _options.LabelSmoothing / classes;
            targets[place] = (float)(smoothed * _classWeights[place % classes] * scale);
        }

        return targets;
    }

    private static int[] LargestOf(double[] shares, int images)
    {
        int classes = shares.Length / images;
        int[] labels = new int[images];
        for (int image = 0; image < images; image++)
        {
            ReadOnlySpan<double> row = shares.AsSpan(image * classes, classes);
            for (int label = 1; label < classes; label++)
            {
                labels[image] = row[label] > row[labels[image]] ? label : labels[image];
            }
        }

        return labels;
    }

    private static double[] WeightsOf(LabelledImages images, TrainingOptions options) => options.ClassWeighting switch
    {
        ClassWeighting.Given => [.. options.ClassWeights],
        ClassWeighting.Balanced => [.. images.ImagesByClass.Select(count => count == 0 ? 1 : (double)images.Count / (images.Shape.Classes * count))],
        _ => [.. Enumerable.Repeat(1d, images.Shape.Classes)],
    };
}
