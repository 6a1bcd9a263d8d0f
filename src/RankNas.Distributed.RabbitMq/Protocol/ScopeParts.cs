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
        if (sizes.Length == 4 && images.Length == 3 && Number(sizes[0], out int channels) && Number(sizes[1], out int height) && Number(sizes[2], out int width)
            && Number(sizes[3], out int classes) && Number(images[1], out int batchSize))
        {
            var shape = new NetworkShape { Channels = channels, Height = height, Width = width, Classes = classes };
            return new ScopeParts(shape, images[0], batchSize, images[2]);
        }

        throw new InvalidDataException($"The search's images are '{ShownText.Of(scope.Shape)}' and '{ShownText.Of(scope.Images)}', which this version does not read.");
    }

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
