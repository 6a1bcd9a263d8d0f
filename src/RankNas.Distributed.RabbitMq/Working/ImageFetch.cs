using RankNas.Images;

namespace RankNas.Distributed.Working;

/// <summary>Fetches the images of a search, part by part, and checks them by their fingerprint.</summary>
internal sealed class ImageFetch(IClusterTransport transport, string worker, SearchAnnouncement search)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    private readonly ScopeParts _parts = ScopeParts.Of(search.Scope);
    private volatile TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _bytes;
    private volatile int _next;

    /// <summary>Takes a part.</summary>
    public void Take(ImagesPart part)
    {
        byte[]? bytes = _bytes;
        if (bytes is not null && part.Search == search.Search && part.Part == _next && part.Part < ImageParts.CountOf(bytes.Length))
        {
            Range range = ImageParts.RangeOf(part.Part, bytes.Length);
            if (part.Data.Length == range.End.Value - range.Start.Value)
            {
                part.Data.CopyTo(bytes, range.Start.Value);
                _next++;
                _came.TrySetResult();
            }
        }
    }

    /// <summary>Fetches them all.</summary>
    /// <exception cref="InvalidDataException">They are not those of the fingerprint.</exception>
    public async Task<ProbeImages> RunAsync(CancellationToken cancellationToken)
    {
        _bytes = new byte[ImageParts.LengthOf(_parts.Shape, _parts.BatchSize, search.HasLabels)];
        ClusterMessage[] requests = [.. Enumerable.Range(0, ImageParts.CountOf(_bytes.Length)).Select(part =>
            Wire.Write(MessageKinds.ImagesWanted, new ImagesWanted(worker, part), ClusterJson.Default.ImagesWanted))];
        while (_next < requests.Length)
        {
            // The search may be away for a while, and the question lost with it.
            var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _came = came;
            await transport.TellAsync(Topics.Of(search.Search), requests[_next], cancellationToken).ConfigureAwait(false);
            await came.Task.WaitAsync(AskAgainAfter, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        var images = ImageParts.Read(_bytes, _parts.Shape, _parts.BatchSize, search.HasLabels);
        return images.Fingerprint(_parts.BatchSize) == _parts.Fingerprint
            ? images
            : throw new InvalidDataException("The images that the search sent are not those that it names: their fingerprint differs.");
    }
}
