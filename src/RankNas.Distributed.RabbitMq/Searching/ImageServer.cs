namespace RankNas.Distributed.Searching;

/// <summary>Gives workers the images of a search, part by part, as they ask.</summary>
internal sealed class ImageServer(EvaluatorSettings settings)
{
    private readonly Lazy<byte[]> _bytes = new(() => ImageParts.Write(settings.Images, settings.BatchSize));

    /// <summary>Gets a part; null where there is none of that number.</summary>
    public ImagesPart? Find(int part)
    {
        int parts = ImageParts.CountOf(_bytes.Value.Length);
        return part < 0 || part >= parts
            ? null
            : new ImagesPart(settings.SearchKey, part, parts, _bytes.Value[ImageParts.RangeOf(part, _bytes.Value.Length)]);
    }
}
