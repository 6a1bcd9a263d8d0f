namespace RankNas.Distributed.Transport;

/// <summary>Receives from a queue until it is disposed; what is in hand can still be settled then.</summary>
public interface IClusterReceiver : IAsyncDisposable
{
    /// <summary>Gets whether nothing will come any more: it was disposed, or its queue was deleted.</summary>
    bool HasEnded { get; }
}
