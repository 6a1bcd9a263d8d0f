using RankNas.Graphs;

namespace RankNas.Distributed.Protocol;

/// <summary>What the texts of a scope say.</summary>
/// <param name="Shape">The shape of the images and the number of classes.</param>
/// <param name="Fingerprint">The images' fingerprint.</param>
/// <param name="BatchSize">How many there are.</param>
/// <param name="Noise">The noise's id.</param>
internal sealed record ScopeParts(NetworkShape Shape, string Fingerprint, int BatchSize, string Noise)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">The scope is not as this version writes it.</exception>
    public static ScopeParts Of(ScoreScope scope)
    {
        string[] sizes = scope.Shape.Split('x', '/');
        string[] images = scope.Images.Split('/', 3);
        if (images.Length == 3 && Number(images[1], out int batchSize) && ShapeOf([.. sizes.Select(size => Number(size, out int number) ? number : 0)]) is { } shape)
        {
            return new ScopeParts(shape, images[0], batchSize, images[2]);
        }

        throw new InvalidDataException($"The search's images are '{ShownText.Of(scope.Shape)}' and '{ShownText.Of(scope.Images)}', which this version does not read.");
    }

    private static NetworkShape? ShapeOf(int[] sizes)
    {
        try
        {
            return sizes.Contains(0) ? null : sizes switch
            {
                [var channels, var height, var width, var classes] => new NetworkShape { Channels = channels, Height = height, Width = width, Classes = classes },
                [var length, var features, var classes] => NetworkShape.OfSequences(length, features, classes),
                [var features, var classes] => NetworkShape.OfRows(features, classes),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // Larger than any input of a network may be.
            return null;
        }
    }

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
