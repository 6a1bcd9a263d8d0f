using RabbitMQ.Client;

namespace RankNas.Distributed.RabbitMq;

/// <summary>Something that is received, on one connection after another.</summary>
internal sealed class Subscription(Func<Subscription, Link, CancellationToken, Task<IChannel>> establish)
{
    private IChannel? _channel;

    /// <summary>Gets or sets whether it has ended: it is not set up again.</summary>
    public bool HasEnded { get; set; }

    public async Task EstablishAsync(Link link, CancellationToken cancellationToken) =>
        _channel = await establish(this, link, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends receiving. The channel stays, for what is in hand is settled by it.</summary>
    public async Task CancelAsync(string consumer)
    {
        HasEnded = true;
        try
        {
            if (_channel is { IsOpen: true } channel)
            {
                await channel.BasicCancelAsync(consumer).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // What cannot be cancelled is gone already.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
