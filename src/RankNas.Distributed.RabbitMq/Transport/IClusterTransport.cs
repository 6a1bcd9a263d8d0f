namespace RankNas.Distributed.Transport;

/// <summary>What a cluster needs of a broker: queues whose messages outlive everybody, and topics whose messages reach whoever listens.</summary>
/// <remarks>
/// Once connected, it comes back by itself after the broker or the network was away: queues are made again, and receivers and listeners go on.
/// Calls wait for it, until they are cancelled. Handlers are called one at a time, and must not block. Implementations are safe for concurrent use.
/// </remarks>
public interface IClusterTransport : IAsyncDisposable
{
    /// <summary>Gets whether the broker is there at the moment.</summary>
    bool IsConnected { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="ClusterException">The broker is not there, or lets nobody in; the message says what to do.</exception>
    Task ConnectAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a durable queue where there is none of that name.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="deadLetters">The queue that gets what receivers reject, or go away with again and again; null for a queue that never gives up a message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task CreateQueueAsync(string queue, string? deadLetters = null, CancellationToken cancellationToken = default);

    /// <summary>Looks at a queue.</summary>
    /// <returns>Its state; null where there is none of that name.</returns>
    Task<QueueState?> FindQueueAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Removes what waits in a queue. What receivers have in hand stays theirs.</summary>
    Task PurgeQueueAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Removes a queue with its messages, where there is one of that name.</summary>
    Task DeleteQueueAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Puts a message into a queue, and completes once the queue has it on disk. Where a connection is lost meanwhile, the queue may get it twice.</summary>
    Task<SendOutcome> SendAsync(string queue, ClusterMessage message, CancellationToken cancellationToken = default);

    /// <summary>Receives a queue's messages, each of which is settled by the handler or later.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="most">How many messages may be in hand.</param>
    /// <param name="isExclusive">Whether nobody else may receive from it.</param>
    /// <param name="receive">Called for each message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ClusterException">Somebody else receives from it exclusively.</exception>
    Task<IClusterReceiver> ReceiveAsync(
        string queue, int most, bool isExclusive, Action<ClusterDelivery> receive, CancellationToken cancellationToken = default);

    /// <summary>Tells everybody who listens to a topic. Nobody may; then the message is gone.</summary>
    Task TellAsync(string topic, ClusterMessage message, CancellationToken cancellationToken = default);

    /// <summary>Listens to a topic.</summary>
    /// <returns>Ends listening when it is disposed.</returns>
    Task<IAsyncDisposable> ListenAsync(string topic, Action<ClusterMessage> hear, CancellationToken cancellationToken = default);
}
