using CsCheck;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Training.Augmentations;

namespace RankNas.Training.Tests.Augmentations;

public class ImageAugmenterTests
{
    private static readonly Gen<AugmentationOptions> Options =
        from padding in Gen.Int[0, 3]
        from flip in Gen.Bool
        from jitter in Gen.Double[0, 1].Array[3]
        from operations in Gen.Int[0, 5]
        from magnitude in Gen.Int[0, 30]
        from erasing in Gen.Double[0, 1]
        select new AugmentationOptions
        {
            CropPadding = padding,
            FlipHorizontally = flip,
            Brightness = jitter[0],
            Contrast = jitter[1],
            Saturation = jitter[2],
            RandAugmentOperations = operations,
            RandAugmentMagnitude = magnitude,
            ErasingProbability = erasing,
        };

    [Fact]
    public void Apply_AnyOptionsAndSizes_IsTheSameForTheSameImageEverywhere() =>
        Gen.Select(Options, Gen.Int[4, 12], Gen.Int[4, 12], Gen.Int[1, 4], Gen.Int[0, 1000]).Sample(
            (options, height, width, channels, image) =>
            {
                var shape = new NetworkShape { Channels = channels, Height = height, Width = width };
                var augmenter = new ImageAugmenter(options, shape, new ImageNormalization(Enumerable.Repeat(0.5, channels), Enumerable.Repeat(0.2, channels)));
                byte[] pixels = new byte[augmenter.Size.Values];
                new Random(image).NextBytes(pixels);
                byte[] original = [.. pixels];
                byte[] first = Changed(augmenter, pixels, image, garbage: 1), second = Changed(augmenter, pixels, image, garbage: 200);
                return first.SequenceEqual(second) && pixels.SequenceEqual(original);
            },
            iter: 500);

    [Fact]
    public void Apply_CropsAndFlips_ReachesEveryShiftBothWays()
    {
        var shape = new NetworkShape { Channels = 1, Height = 4, Width = 4 };
        var augmenter = new ImageAugmenter(new AugmentationOptions { CropPadding = 1 }, shape, new ImageNormalization([0.2], [0.1]));
        byte[] pixels = [.. Enumerable.Range(100, 16).Select(value => (byte)value)];
        HashSet<string> found = [.. Enumerable.Range(0, 1000).Select(image => Convert.ToHexString(Changed(augmenter, pixels, image, garbage: 7)))];
        found.Should().HaveCount(3 * 3 * 2).And.Contain(Convert.ToHexString(pixels));

        // One to the right and one up, so that the mean colour comes in at the left and below.
        byte[] shifted = [51, 104, 105, 106, 51, 108, 109, 110, 51, 112, 113, 114, 51, 51, 51, 51];
        found.Should().Contain(Convert.ToHexString(shifted));
    }

    [Fact]
    public void Apply_Nothing_LeavesTheImage()
    {
        var shape = new NetworkShape { Channels = 3, Height = 5, Width = 6 };
        var augmenter = new ImageAugmenter(AugmentationOptions.None, shape, new ImageNormalization([0, 0, 0], [1, 1, 1]));
        byte[] pixels = new byte[90];
        new Random(1).NextBytes(pixels);
        Changed(augmenter, pixels, 5, garbage: 3).Should().Equal(pixels);
    }

    [Fact]
    public void Map_RotationByRightAngles_IsTheTranspose()
    {
        byte[] pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        byte[] turned = new byte[9];
        Geometry.Map(pixels, turned, new ImageSize(3, 3, 1), AffineMap.Rotation(90), [0]);
        turned.Should().Equal(7, 4, 1, 8, 5, 2, 9, 6, 3);
    }

    [Fact]
    public void NextBeta_ManyDraws_HasTheMomentsOfTheDistribution()
    {
        foreach (double alpha in (double[])[0.2, 1, 4])
        {
            var random = new ImageRandom(3, (int)(10 * alpha));
            double[] drawn = [.. Enumerable.Range(0, 20000).Select(_ => random.NextBeta(alpha))];
            double mean = drawn.Average();
            mean.Should().BeApproximately(0.5, 0.015);
            drawn.Average(value => (value - mean) * (value - mean)).Should().BeApproximately(1 / (4 * (2 * alpha + 1)), 0.006);
        }
    }

    private static byte[] Changed(ImageAugmenter augmenter, byte[] pixels, int image, byte garbage)
    {
        byte[] changed = new byte[pixels.Length], scratch = new byte[pixels.Length];
        Array.Fill(changed, garbage);
        Array.Fill(scratch, garbage);
        var random = new ImageRandom(42, image);
        augmenter.Apply(pixels, changed, scratch, ref random);
        return changed;
    }
}
