using RankNas.Distributed.Transport;

namespace RankNas.Distributed.Tests.Support;

/// <summary>A way to a cluster on which things go wrong.</summary>
internal sealed class FaultyTransport(IClusterTransport inner) : IClusterTransport
{
    /// <summary>Gets or sets whether acknowledgements are lost.</summary>
    public bool LosesAcknowledgements { get; set; }

    /// <summary>Gets or sets what is sent in place of a message; null for nothing.</summary>
    public Func<string, ClusterMessage, ClusterMessage?> OnSend { get; set; } = (_, message) => message;

    public bool IsConnected => inner.IsConnected;

    public Task ConnectAsync(CancellationToken cancellationToken = default) => inner.ConnectAsync(cancellationToken);

    public Task CreateQueueAsync(string queue, string? deadLetters = null, CancellationToken cancellationToken = default) =>
        inner.CreateQueueAsync(queue, deadLetters, cancellationToken);

    public Task<QueueState?> FindQueueAsync(string queue, CancellationToken cancellationToken = default) => inner.FindQueueAsync(queue, cancellationToken);

    public Task PurgeQueueAsync(string queue, CancellationToken cancellationToken = default) => inner.PurgeQueueAsync(queue, cancellationToken);

    public Task DeleteQueueAsync(string queue, CancellationToken cancellationToken = default) => inner.DeleteQueueAsync(queue, cancellationToken);

    public Task<SendOutcome> SendAsync(string queue, ClusterMessage message, CancellationToken cancellationToken = default) =>
        OnSend(queue, message) is { } sent ? inner.SendAsync(queue, sent, cancellationToken) : Task.FromResult(SendOutcome.Accepted);

    public Task<IClusterReceiver> ReceiveAsync(
        string queue, int most, bool isExclusive, Action<ClusterDelivery> receive, CancellationToken cancellationToken = default) =>
        inner.ReceiveAsync(queue, most, isExclusive, delivery => receive(new Delivery(this, delivery)), cancellationToken);

    public Task TellAsync(string topic, ClusterMessage message, CancellationToken cancellationToken = default) =>
        OnSend(topic, message) is { } sent ? inner.TellAsync(topic, sent, cancellationToken) : Task.CompletedTask;

    public Task<IAsyncDisposable> ListenAsync(string topic, Action<ClusterMessage> hear, CancellationToken cancellationToken = default) =>
        inner.ListenAsync(topic, hear, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Delivery(FaultyTransport transport, ClusterDelivery inner) : ClusterDelivery
    {
        public override ClusterMessage Message => inner.Message;

        public override bool IsDeadLetter => inner.IsDeadLetter;

        public override ValueTask AcknowledgeAsync() => transport.LosesAcknowledgements ? ValueTask.CompletedTask : inner.AcknowledgeAsync();

        public override ValueTask RejectAsync() => inner.RejectAsync();
    }
}
