using RabbitMQ.Client;

namespace RankNas.Distributed.RabbitMq;

/// <summary>Something that is received, on one connection after another.</summary>
internal sealed class Subscription(string? queue, string consumer, Func<Subscription, Link, CancellationToken, Task<IChannel>> establish)
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private IChannel? _channel;

    /// <summary>Gets the queue; null where it is the subscription's own.</summary>
    public string? Queue => queue;

    /// <summary>Gets the connection that it is set up on.</summary>
    public Link? Link { get; private set; }

    /// <summary>Gets or sets whether it has ended: it is not set up again.</summary>
    public bool HasEnded { get; set; }

    public async Task EstablishAsync(Link link, CancellationToken cancellationToken)
    {
        (IChannel? former, Link? formerLink) = (_channel, Link);
        _channel = await establish(this, link, cancellationToken).ConfigureAwait(false);
        Link = link;
        if (former is { IsOpen: true } && formerLink == link)
        {
            await CloseAsync(former).ConfigureAwait(false);
        }
    }

    /// <summary>Ends receiving. The channel stays, for what is in hand is settled by it.</summary>
    public async ValueTask StopAsync()
    {
        HasEnded = true;
        if (_channel is { IsOpen: true } channel)
        {
            await BoundAsync(() => channel.BasicCancelAsync(consumer)).ConfigureAwait(false);
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

    private static Task CloseAsync(IChannel channel) => BoundAsync(() => channel.CloseAsync(Constants.ReplySuccess, "Done", abort: true));

    // What cannot be ended is gone already; a channel of a lost connection may never say so.
    private static async Task BoundAsync(Func<Task> goodbye) =>
        await Task.Run(goodbye).WaitAsync(LongestGoodbye).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
