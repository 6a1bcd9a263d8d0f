using RankNas.Graphs;
using RankNas.Images;
using RankNas.Torch;

namespace RankNas.Training.Tests.Support;

/// <summary>Squares, crosses and frames in any colour, somewhere on a noisy ground: four classes with the empty ground.</summary>
internal static class ColouredShapes
{
    public static readonly NetworkShape Shape = new() { Channels = 3, Height = 16, Width = 16, Classes = 4 };

    public static LabelledImages Draw(int count, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[count * Shape.Height * Shape.Width * Shape.Channels];
        int[] labels = [.. Enumerable.Range(0, count).Select(image => image % Shape.Classes)];
        for (int image = 0; image < count; image++)
        {
            Draw(random, labels[image], pixels.AsSpan(image * pixels.Length / count, pixels.Length / count));
        }

        return LabelledImages.FromPixels(pixels, labels, Shape, ["square", "cross", "frame", "nothing"], new ImageNormalization([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]));
    }

    /// <summary>A small residual network for them.</summary>
    public static GraphModule Network(int seed = 1, int channels = 8)
    {
        GraphValue stem = Graph.Images(Shape).Conv(channels, 3, padding: 1).BatchNorm().Relu();
        GraphValue block = (stem + stem.Conv(channels, 3, padding: 1).BatchNorm().Relu().Conv(channels, 3, padding: 1).BatchNorm()).Relu();
        return block.Conv(2 * channels, 3, stride: 2, padding: 1).BatchNorm().Relu().GlobalAveragePool().Linear(Shape.Classes).Build().ToModule(seed: seed);
    }

    private static void Draw(Random random, int label, Span<byte> image)
    {
        foreach (ref byte value in image)
        {
            value = (byte)random.Next(100);
        }

        byte[] color = [(byte)random.Next(150, 256), (byte)random.Next(150, 256), (byte)random.Next(150, 256)];
        int top = random.Next(2, 7), left = random.Next(2, 7);
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                bool isIn = label switch
                {
                    0 => true,
                    1 => x is 3 or 4 || y is 3 or 4,
                    2 => x is 0 or 7 || y is 0 or 7,
                    _ => false,
                };
                if (isIn)
                {
                    color.CopyTo(image[(((top + y) * Shape.Width + left + x) * 3)..]);
                }
            }
        }
    }
}
