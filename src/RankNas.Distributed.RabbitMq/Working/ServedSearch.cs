using System.Diagnostics;
using RankNas.Diagnostics;
using RankNas.Graphs;

namespace RankNas.Distributed.Working;

/// <summary>One search that a worker scores for: takes its units, answers them, and lets go of each once its reply is on disk.</summary>
internal sealed class ServedSearch : IAsyncDisposable
{
    private const int MostTroubles = 3;
    private static readonly ActivitySource Source = new(RankNasDiagnostics.Name);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly IClusterTransport _transport;
    private readonly SearchAnnouncement _search;
    private readonly IArchitectureEvaluator _evaluator;
    private readonly DescribedSpace? _space;
    private readonly SemaphoreSlim _seats;
    private readonly WorkerTally _tally;
    private readonly string _worker;
    private readonly ILogger _logger;
    private readonly Action<string> _giveUp;
#pragma warning disable CA2213 // What is still in hand reads its token; without a timer it holds nothing to free.
    private readonly CancellationTokenSource _closing = new();
#pragma warning restore CA2213
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IClusterReceiver? _receiving;
    private int _inHand;
    private int _troubles;
    private volatile bool _isEnding;

    public ServedSearch(
        IClusterTransport transport, SearchAnnouncement search, IArchitectureEvaluator evaluator, DescribedSpace? space, SemaphoreSlim seats, WorkerTally tally, string worker, ILogger logger,
        Action<string> giveUp)
    {
        (_transport, _search, _evaluator, _space, _seats, _tally, _worker, _logger, _giveUp) = (transport, search, evaluator, space, seats, tally, worker, logger, giveUp);
    }

    /// <summary>Gets how many units are in hand.</summary>
    public int InHand => Volatile.Read(ref _inHand);

    /// <summary>Gets whether no more units will come: the search removed its queue, and may come back with another.</summary>
    public bool HasEnded => _receiving?.HasEnded == true;

    /// <summary>Begins to take units.</summary>
    /// <param name="threads">How many architectures are scored at once.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task StartAsync(int threads, CancellationToken cancellationToken)
    {
        // One more than there are threads, so that the next one is at hand when a thread is done.
        _receiving = await _transport.ReceiveAsync(
            _search.WorkQueue, threads + 1, isExclusive: false, delivery => _ = Task.Run(() => AnswerAsync(delivery)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more units, and waits for what is in hand.</summary>
    public async Task EndAsync(TimeSpan grace)
    {
        _isEnding = true;
        if (_receiving is not null)
        {
            await _receiving.StopAsync().ConfigureAwait(false);
        }

        if (InHand > 0)
        {
            await _idle.Task.WaitAsync(grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        if (_receiving is not null)
        {
            await _receiving.DisposeAsync().ConfigureAwait(false);
        }

        await _evaluator.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(ClusterDelivery delivery)
    {
        Interlocked.Increment(ref _inHand);
        try
        {
            WorkUnit unit = Wire.ReadUnit(delivery.Message);
            using Activity? activity = Source.StartActivity(RankNasDiagnostics.UnitActivity, ActivityKind.Consumer, delivery.Message.TraceParent);
            activity?.SetTag("ranknas.worker", _worker);
            activity?.SetTag("ranknas.architectures", unit.Items.Length);
            WorkAnswer[] answers = await Task.WhenAll(unit.Items.Select(AnswerAsync)).ConfigureAwait(false);
            await ReplyAsync(new WorkReply(_search.Search, _worker, [.. answers])).ConfigureAwait(false);
            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            _logger.Nonsense(MessageKinds.Unit, exception.Message);
            await delivery.RejectAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The worker leaves; the unit is another one's.
        }
        finally
        {
            if (Interlocked.Decrement(ref _inHand) == 0 && _isEnding)
            {
                _idle.TrySetResult();
            }
        }
    }

    private async Task<WorkAnswer> AnswerAsync(WorkItem item)
    {
        await _seats.WaitAsync(_closing.Token).ConfigureAwait(false);
        DescribedSpace? told = null;
        try
        {
            if (_space is not null && item.Graph is not null)
            {
                _space.Add(item.Request.Architecture, NetworkGraph.FromJson(item.Graph));
                told = _space;
            }

            EvaluationOutcome outcome = await _evaluator.EvaluateAsync(item.Request, _closing.Token).ConfigureAwait(false);
            _tally.Note(outcome);
            Volatile.Write(ref _troubles, 0);
            return new WorkAnswer(item.Id, outcome);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ObjectDisposedException))
        {
            // Not of the network, whose errors are failed scores already: another worker may do better, and this one has to stop if it does not get well.
            if (Interlocked.Increment(ref _troubles) >= MostTroubles)
            {
                _giveUp(ErrorText.FirstLineOf(exception));
            }

            return new WorkAnswer(item.Id, Outcome: null, ErrorText.FirstLineOf(exception));
        }
        finally
        {
            told?.Remove(item.Request.Architecture);
            _seats.Release();
        }
    }

    private async Task ReplyAsync(WorkReply reply)
    {
        ClusterMessage message = Wire.Write(MessageKinds.Reply, reply, ClusterJson.Default.WorkReply);
        while (await _transport.SendAsync(_search.ReplyQueue, message, _closing.Token).ConfigureAwait(false) == SendOutcome.Full)
        {
            await Task.Delay(Pause, _closing.Token).ConfigureAwait(false);
        }
    }
}
