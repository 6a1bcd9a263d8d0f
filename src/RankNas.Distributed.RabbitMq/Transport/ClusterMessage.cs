namespace RankNas.Distributed.Transport;

/// <summary>A message between a search and its workers.</summary>
/// <param name="Kind">What it is, such as <c>unit</c> or <c>reply</c>.</param>
/// <param name="Body">Its text, as UTF-8, compressed where it is long.</param>
public sealed record ClusterMessage(string Kind, ReadOnlyMemory<byte> Body)
{
    /// <summary>Gets the W3C trace context of the activity that sent it; null where there was none.</summary>
    public string? TraceParent { get; init; }
}
