using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace RankNas.Distributed.RabbitMq;

/// <summary>A cluster's messages over RabbitMQ, 3.10 or newer: quorum queues, manual acknowledgements, publisher confirms.</summary>
public sealed class RabbitMqTransport : IClusterTransport
{
    private const string DeathHeader = "x-first-death-queue";
    private const string TraceHeader = "traceparent";
    private const int NeverGivesUp = 1_000_000;
    private const int NotFound = 404;
    private const int InUse = 405;
    private const int Refused = 403;
    private const int TooLarge = 406;
    private const int MostTopicMessages = 10_000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestConfirm = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // A broker frees what a killed process held once it sees the connection gone.
    private static readonly TimeSpan PatienceWithOthers = TimeSpan.FromSeconds(10);

    private readonly BrokerAddress _address;
    private readonly RabbitMqOptions _options;
    private readonly ConnectionFactory _factory;
    private readonly ILogger? _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string?> _queues = new(StringComparer.Ordinal);
    private readonly List<Subscription> _subscriptions = [];
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource<Link> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Link? _current;
    private bool _isConnecting;
    private bool _isDisposed;

    /// <summary>Names a broker.</summary>
    /// <param name="address">Its address, such as <c>amqps://user:password@host/virtual-host</c>.</param>
    /// <param name="options">How it is used.</param>
    /// <param name="logger">Told of losses and recoveries; never of passwords.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    /// <exception cref="ClusterException">The file of certificate authorities cannot be read.</exception>
    public RabbitMqTransport(string address, RabbitMqOptions? options = null, ILogger? logger = null)
    {
        _options = options ?? new RabbitMqOptions();
        _options.Check();
        _address = BrokerAddress.Parse(address);
        _factory = _address.CreateFactory(_options);
        _logger = logger;
    }

    /// <inheritdoc/>
    public bool IsConnected => Volatile.Read(ref _current)?.IsOpen == true;

    private string Exchange => $"{_options.Prefix}.topics";

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            Establish(await OpenAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not (ClusterException or OperationCanceledException))
        {
            throw ConnectErrors.Of(_address, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw ConnectErrors.Of(_address, exception);
        }
    }

    /// <inheritdoc/>
    public async Task CreateQueueAsync(string queue, string? deadLetters = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _queues[queue] = deadLetters;
        }

        await OnChannelAsync(channel => DeclareAsync(channel, queue, deadLetters, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<QueueState?> FindQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        OnChannelAsync(
            async channel =>
            {
                try
                {
                    QueueDeclareOk state = await channel.QueueDeclarePassiveAsync(Named(queue), cancellationToken).ConfigureAwait(false);
                    return new QueueState(state.MessageCount, state.ConsumerCount);
                }
                catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == NotFound)
                {
                    return null;
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task PurgeQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        OnChannelAsync(channel => channel.QueuePurgeAsync(Named(queue), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteQueueAsync(string queue, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _queues.Remove(queue);
        }

        await OnChannelAsync(channel => channel.QueueDeleteAsync(Named(queue), ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(string queue, ClusterMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            await PublishAsync(exchange: "", Named(queue), message, isPersistent: true, cancellationToken).ConfigureAwait(false);
            return SendOutcome.Accepted;
        }
        catch (PublishException exception)
        {
            return exception.IsReturn ? SendOutcome.NoQueue : SendOutcome.Full;
        }
    }

    /// <inheritdoc/>
    public async Task<IClusterReceiver> ReceiveAsync(
        string queue, int most, bool isExclusive, Action<ClusterDelivery> receive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receive);
        string consumer = Guid.NewGuid().ToString("N");
        var subscription = new Subscription(queue, consumer, async (own, link, token) =>
        {
            IChannel channel = await OpenChannelAsync(link, token).ConfigureAwait(false);
            if (isExclusive)
            {
                // Quorum queues know no exclusive consumers: a queue that goes with this connection stands for the right to receive.
                await channel.QueueDeclareAsync($"{Named(queue)}.owner", durable: false, exclusive: true, autoDelete: false, cancellationToken: token).ConfigureAwait(false);
            }

            await channel.BasicQosAsync(0, (ushort)Math.Clamp(most, 1, ushort.MaxValue), global: false, token).ConfigureAwait(false);
            var events = new AsyncEventingBasicConsumer(channel);
            events.ReceivedAsync += (_, delivered) =>
            {
                receive(new RabbitMqDelivery(channel, delivered.DeliveryTag, MessageOf(delivered), delivered.BasicProperties.Headers?.ContainsKey(DeathHeader) == true));
                return Task.CompletedTask;
            };
            events.UnregisteredAsync += (_, _) =>
            {
                if (channel.IsOpen && !own.HasEnded)
                {
                    // The queue was deleted, or the broker was tired of waiting for what is in hand.
                    _ = Task.Run(() => ReviveAsync(own));
                }

                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(Named(queue), autoAck: false, consumer, noLocal: false, exclusive: false, arguments: null, events, token).ConfigureAwait(false);
            return channel;
        });

        long end = Environment.TickCount64 + (long)PatienceWithOthers.TotalMilliseconds;
        while (true)
        {
            try
            {
                await SubscribeAsync(subscription, cancellationToken).ConfigureAwait(false);
                return new Ending(this, subscription);
            }
            catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == InUse)
            {
                if (Environment.TickCount64 > end)
                {
                    throw Errors.InUse(queue, exception);
                }

                await Task.Delay(FirstPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task TellAsync(string topic, ClusterMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            await PublishAsync(Exchange, topic, message, isPersistent: false, cancellationToken).ConfigureAwait(false);
        }
        catch (PublishException)
        {
            // Nobody listens.
        }
    }

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> ListenAsync(string topic, Action<ClusterMessage> hear, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hear);
        string consumer = Guid.NewGuid().ToString("N");
        var subscription = new Subscription(queue: null, consumer, async (_, link, token) =>
        {
            IChannel channel = await OpenChannelAsync(link, token).ConfigureAwait(false);
            var limits = new Dictionary<string, object?> { ["x-max-length"] = MostTopicMessages };
            string queue = (await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, limits, cancellationToken: token).ConfigureAwait(false)).QueueName;
            await channel.QueueBindAsync(queue, Exchange, topic, cancellationToken: token).ConfigureAwait(false);
            var events = new AsyncEventingBasicConsumer(channel);
            events.ReceivedAsync += (_, delivered) =>
            {
                hear(MessageOf(delivered));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer, noLocal: false, exclusive: true, arguments: null, events, token).ConfigureAwait(false);
            return channel;
        });
        await SubscribeAsync(subscription, cancellationToken).ConfigureAwait(false);
        return new Ending(this, subscription);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Link? link;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            link = _current;
            _current = null;
            _link.TrySetException(new ObjectDisposedException(nameof(RabbitMqTransport)));
            _ = _link.Task.Exception;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        if (link is not null)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        _closing.Dispose();
    }

    private string Named(string queue) => $"{_options.Prefix}.{queue}";

    private async Task<bool> DeclareAsync(IChannel channel, string queue, string? deadLetters, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-max-length"] = _options.MostMessages,
            ["x-overflow"] = "reject-publish",
            ["x-expires"] = (long)_options.KeepQueuesFor.TotalMilliseconds,
            ["x-delivery-limit"] = deadLetters is null ? NeverGivesUp : _options.MostDeliveries,
        };
        if (deadLetters is not null)
        {
            arguments["x-dead-letter-exchange"] = "";
            arguments["x-dead-letter-routing-key"] = Named(deadLetters);
            arguments["x-dead-letter-strategy"] = "at-least-once";
        }

        try
        {
            await channel.QueueDeclareAsync(Named(queue), durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == TooLarge)
        {
            throw new ClusterException(
                $"The queue {Named(queue)} is there with other settings: start the search with the options it was started with, or remove the queue (rabbitmqctl delete_queue {Named(queue)}).", exception);
        }
    }

    private async Task<Link> OpenAsync(CancellationToken cancellationToken)
    {
        IConnection connection = await _factory.CreateConnectionAsync($"RankNas {Environment.MachineName} {Environment.ProcessId}", cancellationToken).ConfigureAwait(false);
        try
        {
            IChannel sending = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken).ConfigureAwait(false);
            await sending.ExchangeDeclareAsync(Exchange, ExchangeType.Direct, durable: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            var link = new Link(connection, sending);
            foreach ((string queue, string? deadLetters) in Queues())
            {
                await OnChannelAsync(link, channel => DeclareAsync(channel, queue, deadLetters, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            foreach (Subscription subscription in Subscriptions())
            {
                try
                {
                    await subscription.EstablishAsync(link, cancellationToken).ConfigureAwait(false);
                }
                catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == NotFound)
                {
                    // Its queue was deleted meanwhile: what it belonged to is over.
                    subscription.HasEnded = true;
                }
            }

            return link;
        }
        catch
        {
            await new Link(connection, null!).DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // A broker that is just starting may take a connection and answer nothing by it.
    private async Task<Link> OpenInTimeAsync()
    {
        Task<Link> opening = Task.Run(() => OpenAsync(_closing.Token));
        try
        {
            return await opening.WaitAsync(LongestOpening, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException && !opening.IsCompleted)
        {
#pragma warning disable RS0030 // It has ended by then.
            _ = opening.ContinueWith(late => late.Result.DisposeAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
#pragma warning restore RS0030
            throw;
        }
    }

    private void Establish(Link link)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                _ = link.DisposeAsync().AsTask();
                return;
            }

            _current = link;
            link.Connection.ConnectionShutdownAsync += (_, _) => LoseAsync(link);
            link.Sending.ChannelShutdownAsync += (_, _) => LoseAsync(link);
            _link.TrySetResult(link);
        }

        if (!link.IsOpen)
        {
            _ = LoseAsync(link);
        }
    }

    private Task LoseAsync(Link link)
    {
        lock (_gate)
        {
            if (_current != link || _isDisposed || _isConnecting)
            {
                return Task.CompletedTask;
            }

            _current = null;
            _isConnecting = true;
            _link = new TaskCompletionSource<Link>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _ = Task.Run(() => ReconnectAsync(link));
        return Task.CompletedTask;
    }

    private async Task ReconnectAsync(Link lost)
    {
        _logger?.BrokerLost(_address.ToString(), $"{lost.Connection.CloseReason?.ReplyText ?? "a channel was closed"}");
        await lost.DisposeAsync().ConfigureAwait(false);
        TimeSpan pause = FirstPause;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                Link link = await OpenInTimeAsync().ConfigureAwait(false);
                lock (_gate)
                {
                    _isConnecting = false;
                }

                _logger?.BrokerBack(_address.ToString());
                Establish(link);
                return;
            }
#pragma warning disable CA1031 // The broker is away for whatever reason: it may come back.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _logger?.BrokerAway(_address.ToString(), ErrorText.FirstLineOf(exception));
            }

            await Task.Delay(pause, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task SubscribeAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        await EstablishAsync(subscription, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        // The connection may have been lost, and made again, just before it was known to have this subscription.
        while (await CurrentAsync().WaitAsync(cancellationToken).ConfigureAwait(false) != subscription.Link)
        {
            await EstablishAsync(subscription, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task EstablishAsync(Subscription subscription, CancellationToken cancellationToken) => RetryAsync(
        async link =>
        {
            await subscription.EstablishAsync(link, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private async Task ReviveAsync(Subscription subscription)
    {
        try
        {
            if (await FindQueueAsync(subscription.Queue!, _closing.Token).ConfigureAwait(false) is null)
            {
                subscription.HasEnded = true;
                return;
            }

            await EstablishAsync(subscription, _closing.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whoever receives sees that it has ended.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            subscription.HasEnded = true;
            if (!_closing.IsCancellationRequested)
            {
                _logger?.BrokerAway(_address.ToString(), ErrorText.FirstLineOf(exception));
            }
        }
    }

    private void Forget(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    // A channel of a subscription that closes takes the connection with it: all is set up anew.
    private async Task<IChannel> OpenChannelAsync(Link link, CancellationToken cancellationToken)
    {
        IChannel channel = await link.Connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        channel.ChannelShutdownAsync += (_, reason) =>
            reason.Initiator == ShutdownInitiator.Application || reason.ReplyCode is NotFound or InUse or Refused ? Task.CompletedTask : LoseAsync(link);
        return channel;
    }

    private async Task PublishAsync(string exchange, string key, ClusterMessage message, bool isPersistent, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            Persistent = isPersistent,
            Type = message.Kind,
            ContentType = "application/json",
            Headers = message.TraceParent is null ? null : new Dictionary<string, object?> { [TraceHeader] = message.TraceParent },
        };
        await RetryAsync(
            async link =>
            {
                using var late = new CancellationTokenSource(LongestConfirm);
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, link.Lost, late.Token);
                await link.Turns.WaitAsync(linked.Token).ConfigureAwait(false);
                try
                {
                    await link.Sending.BasicPublishAsync(exchange, key, mandatory: true, properties, message.Body, linked.Token).ConfigureAwait(false);
                    return true;
                }
                catch (OperationCanceledException exception) when (late.IsCancellationRequested && !link.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                {
                    throw new ClusterException(
                        $"The broker {_address} has not confirmed a message to '{key}' for {LongestConfirm.TotalSeconds:0} seconds: it was probably killed just when it made this queue. Remove the queue (rabbitmqctl delete_queue {key}), and start the search again.", exception);
                }
                catch (AlreadyClosedException exception) when (exception.ShutdownReason?.ReplyCode == TooLarge)
                {
                    throw new ClusterException($"The broker {_address} does not take a message of {message.Body.Length:N0} bytes: raise its max_message_size.", exception);
                }
                finally
                {
                    link.Turns.Release();
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<T> OnChannelAsync<T>(Func<IChannel, Task<T>> use, CancellationToken cancellationToken) =>
        RetryAsync(link => OnChannelAsync(link, use, cancellationToken), cancellationToken);

    private Task OnChannelAsync(Func<IChannel, Task> use, CancellationToken cancellationToken) => OnChannelAsync(
        async channel =>
        {
            await use(channel).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    // A channel of its own: the broker closes the channel of a question that it answers by an error.
    private static async Task<T> OnChannelAsync<T>(Link link, Func<IChannel, Task<T>> use, CancellationToken cancellationToken)
    {
        IChannel channel = await link.Connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            return await use(channel).ConfigureAwait(false);
        }
    }

    // Until it is done by a connection that holds; what the broker answers is an answer.
    private async Task<T> RetryAsync<T>(Func<Link, Task<T>> use, CancellationToken cancellationToken)
    {
        while (true)
        {
            Link link = await CurrentAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await use(link).ConfigureAwait(false);
            }
            catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Refused)
            {
                throw new ClusterException(
                    $"The broker {_address} forbids it: {ShownText.OneLine(exception.ShutdownReason.ReplyText, 300)}. A user of RankNas may configure, write and read everything in its virtual host: rabbitmqctl set_permissions -p {_address.VirtualHost} USER '.*' '.*' '.*'.", exception);
            }
            catch (Exception exception) when (IsLoss(exception, link) && !cancellationToken.IsCancellationRequested)
            {
                await LoseAsync(link).ConfigureAwait(false);
                await Task.Delay(FirstPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsLoss(Exception exception, Link link) => exception switch
    {
        ClusterException or PublishException => false,
        OperationInterruptedException interrupted when interrupted is not AlreadyClosedException => interrupted.ShutdownReason?.ReplyCode is not (NotFound or InUse),
        _ => !link.IsOpen || exception is AlreadyClosedException or IOException or OperationCanceledException or TimeoutException or ObjectDisposedException,
    };

    private Task<Link> CurrentAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _link.Task;
        }
    }

    private KeyValuePair<string, string?>[] Queues()
    {
        lock (_gate)
        {
            // Dead letters need their queue.
            return [.. _queues.OrderBy(queue => queue.Value is not null)];
        }
    }

    private Subscription[] Subscriptions()
    {
        lock (_gate)
        {
            _subscriptions.RemoveAll(subscription => subscription.HasEnded);
            return [.. _subscriptions];
        }
    }

    // The body is the client's, and only while the handler runs.
    private static ClusterMessage MessageOf(BasicDeliverEventArgs delivered) => new(delivered.BasicProperties.Type ?? "", delivered.Body.ToArray())
    {
        TraceParent = delivered.BasicProperties.Headers?.TryGetValue(TraceHeader, out object? trace) == true && trace is byte[] { Length: < 100 } text
            ? System.Text.Encoding.ASCII.GetString(text)
            : null,
    };

    private sealed class Ending(RabbitMqTransport transport, Subscription subscription) : IClusterReceiver
    {
        public bool HasEnded => subscription.HasEnded;

        public ValueTask StopAsync() => subscription.StopAsync();

        public async ValueTask DisposeAsync()
        {
            transport.Forget(subscription);
            await subscription.CloseAsync().ConfigureAwait(false);
        }
    }
}
