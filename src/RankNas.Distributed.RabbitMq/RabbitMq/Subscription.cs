using RabbitMQ.Client;

namespace RankNas.Distributed.RabbitMq;

/// <summary>Something that is received, on one connection after another.</summary>
internal sealed class Subscription(string? queue, string consumer, Func<Subscription, Link, CancellationToken, Task<IChannel>> establish)
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private IChannel? _channel;

    /// <summary>Gets the queue; null where it is the subscription's own.</summary>
    public string? Queue => queue;

    /// <summary>Gets the name that the broker knows it by.</summary>
    public string Consumer => consumer;

    /// <summary>Gets the connection that it is set up on.</summary>
    public Link? Link { get; private set; }

    /// <summary>Gets or sets whether it has ended: it is not set up again.</summary>
    public bool HasEnded { get; set; }

    public async Task EstablishAsync(Link link, CancellationToken cancellationToken)
    {
        IChannel? former = _channel;
        _channel = await establish(this, link, cancellationToken).ConfigureAwait(false);
        Link = link;
        if (former is { IsOpen: true })
        {
            await CloseAsync(former).ConfigureAwait(false);
        }
    }

    /// <summary>Ends receiving. The channel stays, for what is in hand is settled by it.</summary>
    public async ValueTask StopAsync()
    {
        HasEnded = true;
        using var late = new CancellationTokenSource(LongestGoodbye);
        try
        {
            if (_channel is { IsOpen: true } channel)
            {
                await channel.BasicCancelAsync(consumer, noWait: false, late.Token).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // What cannot be cancelled is gone already.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Ends receiving, and gives back what is in hand.</summary>
    public async ValueTask CloseAsync()
    {
        HasEnded = true;
        if (Interlocked.Exchange(ref _channel, null) is { } channel)
        {
            await CloseAsync(channel).ConfigureAwait(false);
        }
    }

    private static async Task CloseAsync(IChannel channel)
    {
        using var late = new CancellationTokenSource(LongestGoodbye);
        try
        {
            await channel.CloseAsync(Constants.ReplySuccess, "Done", abort: true, late.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It is gone, whatever it says.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
