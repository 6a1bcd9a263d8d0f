using System.Collections.Concurrent;

namespace RankNas.Distributed.Transport;

/// <summary>A broker in this process, for tests and for trying things out: it has the rules of the real one, and forgets everything with the process.</summary>
/// <param name="mostMessages">How many messages a queue may have waiting, at least 1.</param>
/// <param name="mostDeliveries">How many receivers may go away with a message of a queue that has dead letters, before it becomes one; at least 1.</param>
public sealed class InMemoryBroker(int mostMessages = 100_000, int mostDeliveries = 5)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private readonly List<(string Topic, Action<ClusterMessage> Hear)> _listeners = [];

    /// <summary>Creates a connection to this broker.</summary>
    public IClusterTransport CreateTransport() => new Connection(this);

    private void Pump(Queue queue)
    {
        var due = new List<(Receiver Receiver, Delivery Delivery)>();
        lock (_gate)
        {
            while (queue.Waiting.First is { } first && queue.Receivers.Where(receiver => receiver.InHand < receiver.Most).MinBy(receiver => receiver.InHand) is { } receiver)
            {
                queue.Waiting.RemoveFirst();
                receiver.InHand++;
                var delivery = new Delivery(this, queue, receiver, first.Value);
                receiver.Deliveries.Add(delivery);
                due.Add((receiver, delivery));
            }
        }

        due.ForEach(one => one.Receiver.Inbox.Add(() => one.Receiver.Receive(one.Delivery)));
    }

    private void Settle(Delivery delivery, bool isReturned, bool isRejected)
    {
        Queue? dead = null;
        lock (_gate)
        {
            if (!delivery.Receiver.Deliveries.Remove(delivery))
            {
                return;
            }

            delivery.Receiver.InHand--;
            Letter letter = delivery.Letter;
            bool isDead = isRejected || (isReturned && letter.Returns + 1 >= mostDeliveries);
            if (isDead && delivery.Queue.DeadLetters is { } name)
            {
                dead = _queues.GetValueOrDefault(name);
                dead?.Waiting.AddLast(letter with { Returns = 0, IsDead = true });
            }
            else if (isReturned)
            {
                delivery.Queue.Waiting.AddFirst(letter with { Returns = letter.Returns + 1 });
            }
        }

        Pump(delivery.Queue);
        if (dead is not null)
        {
            Pump(dead);
        }
    }

    private sealed record Letter(ClusterMessage Message, int Returns = 0, bool IsDead = false);

    private sealed class Queue(string? deadLetters)
    {
        public string? DeadLetters => deadLetters;

        public LinkedList<Letter> Waiting { get; } = [];

        public List<Receiver> Receivers { get; } = [];
    }

    private sealed class Receiver(Inbox inbox, int most, bool isExclusive, Action<ClusterDelivery> receive)
    {
        public Inbox Inbox => inbox;

        public int Most => most;

        public bool IsExclusive => isExclusive;

        public Action<ClusterDelivery> Receive => receive;

        public int InHand { get; set; }

        public HashSet<Delivery> Deliveries { get; } = [];
    }

    private sealed class Delivery(InMemoryBroker broker, Queue queue, Receiver receiver, Letter letter) : ClusterDelivery
    {
        public Queue Queue => queue;

        public Receiver Receiver => receiver;

        public Letter Letter => letter;

        public override ClusterMessage Message => letter.Message;

        public override bool IsDeadLetter => letter.IsDead;

        public override ValueTask AcknowledgeAsync()
        {
            broker.Settle(this, isReturned: false, isRejected: false);
            return ValueTask.CompletedTask;
        }

        public override ValueTask RejectAsync()
        {
            broker.Settle(this, isReturned: false, isRejected: true);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Calls handlers one at a time, as a client of a broker does.</summary>
    private sealed class Inbox : IDisposable
    {
#pragma warning disable CA2213 // Its thread may still be reading; it holds nothing to free.
        private readonly BlockingCollection<Action> _calls = [];
#pragma warning restore CA2213

        public Inbox() => new Thread(() =>
        {
            foreach (Action call in _calls.GetConsumingEnumerable())
            {
                call();
            }
        })
        {
            IsBackground = true,
        }.Start();

        public void Add(Action call)
        {
            try
            {
                _calls.Add(call);
            }
            catch (InvalidOperationException)
            {
                // The connection has been closed.
            }
        }

        public void Dispose() => _calls.CompleteAdding();
    }

    private sealed class Connection(InMemoryBroker broker) : IClusterTransport
    {
        private readonly Inbox _inbox = new();
        private readonly List<Action> _ends = [];

        public bool IsConnected => true;

        public Task ConnectAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task CreateQueueAsync(string queue, string? deadLetters = null, CancellationToken cancellationToken = default)
        {
            lock (broker._gate)
            {
                broker._queues.TryAdd(queue, new Queue(deadLetters));
            }

            return Task.CompletedTask;
        }

        public Task<QueueState?> FindQueueAsync(string queue, CancellationToken cancellationToken = default)
        {
            lock (broker._gate)
            {
                return Task.FromResult(broker._queues.TryGetValue(queue, out Queue? found) ? new QueueState(found.Waiting.Count, found.Receivers.Count) : null);
            }
        }

        public Task PurgeQueueAsync(string queue, CancellationToken cancellationToken = default)
        {
            lock (broker._gate)
            {
                broker._queues.GetValueOrDefault(queue)?.Waiting.Clear();
            }

            return Task.CompletedTask;
        }

        public Task DeleteQueueAsync(string queue, CancellationToken cancellationToken = default)
        {
            lock (broker._gate)
            {
                if (broker._queues.Remove(queue, out Queue? removed))
                {
                    removed.Waiting.Clear();
                    removed.Receivers.Clear();
                }
            }

            return Task.CompletedTask;
        }

        public Task<SendOutcome> SendAsync(string queue, ClusterMessage message, CancellationToken cancellationToken = default)
        {
            Queue? found;
            lock (broker._gate)
            {
                if (!broker._queues.TryGetValue(queue, out found))
                {
                    return Task.FromResult(SendOutcome.NoQueue);
                }

                if (found.Waiting.Count >= broker.MostMessages)
                {
                    return Task.FromResult(SendOutcome.Full);
                }

                found.Waiting.AddLast(new Letter(message));
            }

            broker.Pump(found);
            return Task.FromResult(SendOutcome.Accepted);
        }

        public Task<IClusterReceiver> ReceiveAsync(
            string queue, int most, bool isExclusive, Action<ClusterDelivery> receive, CancellationToken cancellationToken = default)
        {
            var receiver = new Receiver(_inbox, most, isExclusive, receive);
            Queue? found;
            lock (broker._gate)
            {
                found = broker._queues.GetValueOrDefault(queue) ?? throw new ClusterException($"There is no queue '{queue}'.");
                if (found.Receivers.Any(other => other.IsExclusive || isExclusive))
                {
                    throw Errors.InUse(queue);
                }

                found.Receivers.Add(receiver);
            }

            broker.Pump(found);
            return Task.FromResult<IClusterReceiver>(EndsBy(
                () =>
                {
                    lock (broker._gate)
                    {
                        found.Receivers.Remove(receiver);
                    }
                },
                GiveBack,
                () =>
                {
                    lock (broker._gate)
                    {
                        return !found.Receivers.Contains(receiver);
                    }
                }));

            void GiveBack()
            {
                Delivery[] inHand;
                lock (broker._gate)
                {
                    found.Receivers.Remove(receiver);
                    inHand = [.. receiver.Deliveries];
                }

                Array.ForEach(inHand, delivery => broker.Settle(delivery, isReturned: true, isRejected: false));
            }
        }

        public Task TellAsync(string topic, ClusterMessage message, CancellationToken cancellationToken = default)
        {
            Action<ClusterMessage>[] listeners;
            lock (broker._gate)
            {
                listeners = [.. broker._listeners.Where(listener => listener.Topic == topic).Select(listener => listener.Hear)];
            }

            Array.ForEach(listeners, hear => hear(message));
            return Task.CompletedTask;
        }

        public Task<IAsyncDisposable> ListenAsync(string topic, Action<ClusterMessage> hear, CancellationToken cancellationToken = default)
        {
            (string, Action<ClusterMessage>) listener = (topic, message => _inbox.Add(() => hear(message)));
            lock (broker._gate)
            {
                broker._listeners.Add(listener);
            }

            void End()
            {
                lock (broker._gate)
                {
                    broker._listeners.Remove(listener);
                }
            }

            return Task.FromResult<IAsyncDisposable>(EndsBy(End, End, () => false));
        }

        public ValueTask DisposeAsync()
        {
            Action[] ends;
            lock (_ends)
            {
                ends = [.. _ends];
                _ends.Clear();
            }

            Array.ForEach(ends, end => end());
            _inbox.Dispose();
            return ValueTask.CompletedTask;
        }

        // Receiving ends by itself, and everything with the connection.
        private Ending EndsBy(Action end, Action endOfConnection, Func<bool> hasEnded)
        {
            lock (_ends)
            {
                _ends.Add(endOfConnection);
            }

            return new Ending(end, endOfConnection, hasEnded);
        }
    }

    private int MostMessages => mostMessages;

    private sealed class Ending(Action stop, Action end, Func<bool> hasEnded) : IClusterReceiver
    {
        public bool HasEnded => hasEnded();

        public ValueTask StopAsync()
        {
            stop();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            end();
            return ValueTask.CompletedTask;
        }
    }
}
