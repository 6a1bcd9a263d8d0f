using RankNas.Graphs;
using RankNas.Images;
using RankNas.Training.Batches;
using RankNas.Training.Tests.Support;

namespace RankNas.Training.Tests.Batches;

public class BatchFactoryTests
{
    private static readonly LabelledImages Images = ColouredShapes.Draw(32, 1);

    // sin(1.7 k) · 3 for k from 0 to 11, three rows of four; the losses are PyTorch's cross_entropy.
    [Theory]
    [InlineData(0, false, 1.6482125520706177)]
    [InlineData(0.1, false, 1.773221492767334)]
    [InlineData(0.1, true, 2.372474431991577)]
    public void Make_WithSmoothingAndWeights_GivesTheTargetsOfPyTorchsLoss(double smoothing, bool weighs, double expected)
    {
        var shape = new NetworkShape { Channels = 1, Height = 1, Width = 1, Classes = 4 };
        var images = LabelledImages.FromPixels(new byte[3], [1, 3, 0], shape, normalization: new ImageNormalization([0.5], [1]));
        var options = new TrainingOptions
        {
            LabelSmoothing = smoothing,
            ClassWeighting = weighs ? ClassWeighting.Given : ClassWeighting.None,
            ClassWeights = weighs ? [1, 2, 0.5, 3] : [],
            Augmentation = AugmentationOptions.None,
        };
        using PreparedBatch batch = new BatchFactory(images, options).Make(0, [0, 1, 2]);
        double loss = 0;
        for (int image = 0; image < 3; image++)
        {
            double[] logits = [.. Enumerable.Range(4 * image, 4).Select(k => 3 * Math.Sin(1.7 * k))];
            double sum = Math.Log(logits.Sum(Math.Exp));
            loss -= logits.Select((logit, label) => batch.Targets[4 * image + label] * (logit - sum)).Sum();
        }

        loss.Should().BeApproximately(expected, 1e-5);
        batch.Labels.Should().Equal(1, 3, 0);
    }

    [Fact]
    public void Make_Balanced_GivesEveryClassTheSameMass()
    {
        var shape = new NetworkShape { Channels = 1, Height = 1, Width = 1, Classes = 2 };
        var images = LabelledImages.FromPixels(new byte[8], [0, 0, 0, 0, 0, 0, 1, 1], shape, normalization: new ImageNormalization([0.5], [1]));
        using PreparedBatch batch = new BatchFactory(images, new TrainingOptions { ClassWeighting = ClassWeighting.Balanced, Augmentation = AugmentationOptions.None })
            .Make(0, [.. Enumerable.Range(0, 8)]);
        batch.Targets.Where((_, place) => place % 2 == 0).Sum().Should().BeApproximately(0.5f, 1e-6f);
        batch.Targets.Where((_, place) => place % 2 == 1).Sum().Should().BeApproximately(0.5f, 1e-6f);
    }

    [Fact]
    public void Make_CutMix_SharesTheTargetByArea()
    {
        // Every image has one value, by which the pixels that come from it are known.
        byte[] pixels = [.. Enumerable.Range(0, 4).SelectMany(image => Enumerable.Repeat((byte)(51 * image), 64))];
        var shape = new NetworkShape { Channels = 1, Height = 8, Width = 8, Classes = 4 };
        var images = LabelledImages.FromPixels(pixels, [0, 1, 2, 3], shape, normalization: new ImageNormalization([0], [1]));
        var options = new TrainingOptions { Augmentation = AugmentationOptions.None with { CutMixProbability = 1 } };
        bool anyMixed = false;
        for (int epoch = 0; epoch < 20; epoch++)
        {
            using PreparedBatch batch = new BatchFactory(images, options).Make(epoch, [0, 1, 2, 3]);
            for (int image = 0; image < 4; image++)
            {
                for (int label = 0; label < 4; label++)
                {
                    int area = batch.Pixels.AsSpan(64 * image, 64).ToArray().Count(value => Math.Abs(value - label / 5f) < 1e-6);
                    batch.Targets[4 * image + label].Should().BeApproximately(area / 64f / 4, 1e-6f);
                    anyMixed |= area is > 0 and < 64;
                }
            }
        }

        anyMixed.Should().BeTrue();
    }

    [Fact]
    public void Make_Mixup_BlendsPixelsAsTheTargetSays()
    {
        byte[] pixels = [.. Enumerable.Range(0, 4).SelectMany(image => Enumerable.Repeat((byte)(51 * image), 4))];
        var shape = new NetworkShape { Channels = 1, Height = 2, Width = 2, Classes = 4 };
        var images = LabelledImages.FromPixels(pixels, [0, 1, 2, 3], shape, normalization: new ImageNormalization([0], [1]));
        var options = new TrainingOptions { Augmentation = AugmentationOptions.None with { MixupProbability = 1, MixupAlpha = 1 } };
        using PreparedBatch batch = new BatchFactory(images, options).Make(0, [0, 1, 2, 3]);
        for (int image = 0; image < 4; image++)
        {
            float[] target = batch.Targets[(4 * image)..(4 * image + 4)];
            target.Sum().Should().BeApproximately(0.25f, 1e-6f);
            target.Count(share => share > 0).Should().Be(2);
            batch.Pixels[4 * image].Should().BeApproximately(target.Select((share, label) => 4 * share * label / 5f).Sum(), 1e-5f);
        }
    }

    [Fact]
    public async Task Make_OnManyThreadsInAnyOrder_IsTheSame()
    {
        var options = new TrainingOptions
        {
            Augmentation = new AugmentationOptions { RandAugmentOperations = 2, Brightness = 0.4, ErasingProbability = 0.5, MixupProbability = 0.5, CutMixProbability = 0.5 },
        };
        var factory = new BatchFactory(Images, options);
        int[][] batches = [[3, 1, 4, 15, 9], [2, 6, 5, 30, 8], [7, 31, 0, 11, 12]];
        float[][] alone = [.. batches.Select(batch => PixelsOf(factory, batch))];
        float[][] together = await Task.WhenAll(batches.Reverse().Select(batch => Task.Run(() => PixelsOf(factory, batch))));
        together.Reverse().Zip(alone).All(pair => pair.First.SequenceEqual(pair.Second)).Should().BeTrue();
        alone[0].Should().NotEqual(PixelsOf(new BatchFactory(Images, options with { Seed = 1 }), batches[0]));
    }

    [Theory]
    [InlineData(10, 4, new[] { 4, 4, 2 })]
    [InlineData(9, 4, new[] { 4, 5 })]
    [InlineData(8, 4, new[] { 4, 4 })]
    [InlineData(3, 4, new[] { 3 })]
    [InlineData(5, 4, new[] { 5 })]
    public void AnOrder_HasEveryImageOnce_AndNoBatchOfOne(int images, int batchSize, int[] sizes)
    {
        var order = new EpochOrder(1, 2, images, batchSize);
        int[][] batches = [.. Enumerable.Range(0, order.Batches).Select(batch => order[batch].ToArray())];
        batches.Select(batch => batch.Length).Should().Equal(sizes);
        batches.SelectMany(batch => batch).Order().Should().Equal(Enumerable.Range(0, images));
    }

    private static float[] PixelsOf(BatchFactory factory, int[] indices)
    {
        using PreparedBatch batch = factory.Make(3, indices);
        return [.. batch.Pixels.AsSpan(0, indices.Length * 16 * 16 * 3), .. batch.Targets];
    }
}
