using RabbitMQ.Client;

namespace RankNas.Distributed.RabbitMq;

/// <summary>One connection to the broker, from its making to its loss.</summary>
internal sealed class Link(IConnection connection, IChannel sending) : IAsyncDisposable
{
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

    public IConnection Connection => connection;

    /// <summary>Gets the channel that messages are sent by, one at a time, each confirmed.</summary>
    public IChannel Sending => sending;

    public SemaphoreSlim Turns { get; } = new(1, 1);

    public bool IsOpen => connection.IsOpen && sending.IsOpen;

    public async ValueTask DisposeAsync()
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
