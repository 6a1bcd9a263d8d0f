using RankNas.Graphs;

namespace TrainTheWinner;

/// <summary>Random crops of the image with four pixels of padding around it, half of them mirrored.</summary>
/// <param name="random">Where chance comes from.</param>
internal sealed class Augmentation(Random random)
{
    private const int Padding = 4;

    /// <summary>Copies an image as it is.</summary>
    public static void None(ReadOnlySpan<float> from, Span<float> to, NetworkShape shape) => from.CopyTo(to);

    /// <summary>Copies an image shifted and perhaps mirrored; what comes in from outside is 0, the mean colour.</summary>
    public void Apply(ReadOnlySpan<float> from, Span<float> to, NetworkShape shape)
    {
        int down = random.Next(-Padding, Padding + 1);
        int right = random.Next(-Padding, Padding + 1);
        bool isMirrored = random.Next(2) == 1;
        for (int y = 0; y < shape.Height; y++)
        {
            for (int x = 0; x < shape.Width; x++)
            {
                int fromY = y + down;
                int fromX = (isMirrored ? shape.Width - 1 - x : x) + right;
                if (fromY >= 0 && fromY < shape.Height && fromX >= 0 && fromX < shape.Width)
                {
                    from.Slice((fromY * shape.Width + fromX) * shape.Channels, shape.Channels)
                        .CopyTo(to[((y * shape.Width + x) * shape.Channels)..]);
                }
            }
        }
    }
}
