using RabbitMQ.Client;

namespace RankNas.Distributed.RabbitMq;

/// <summary>One connection to the broker, from its making to its loss.</summary>
internal sealed class Link(IConnection connection, IChannel sending) : IAsyncDisposable
{
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

#pragma warning disable CA2213 // Whoever is still sending reads its token; without a timer it holds nothing to free.
    private readonly CancellationTokenSource _lost = new();
#pragma warning restore CA2213

    public IConnection Connection => connection;

    /// <summary>Gets the channel that messages are sent by, one at a time, each confirmed.</summary>
    public IChannel Sending => sending;

    public SemaphoreSlim Turns { get; } = new(1, 1);

    /// <summary>Gets what is cancelled when the connection is lost: the client may wait for ever for a confirmation that comes no more.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool IsOpen => connection.IsOpen && sending.IsOpen;

    // The client may never come to the end of closing a connection whose broker went away half-way: it is waited for no longer than this.
    public async ValueTask DisposeAsync()
    {
        await _lost.CancelAsync().ConfigureAwait(false);
        await Task.Run(CloseAsync).WaitAsync(2 * CloseTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task CloseAsync()
    {
        try
        {
            await connection.AbortAsync(CloseTime).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It is gone, whatever it says.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
