namespace RankNas.Distributed.Transport;

/// <summary>Receives from a queue until it is stopped. Disposing it gives back to the queue what is in hand.</summary>
public interface IClusterReceiver : IAsyncDisposable
{
    /// <summary>Gets whether nothing will come any more: it was stopped, or its queue was deleted.</summary>
    bool HasEnded { get; }

    /// <summary>Receives no more; what is in hand can still be settled.</summary>
    ValueTask StopAsync();
}
