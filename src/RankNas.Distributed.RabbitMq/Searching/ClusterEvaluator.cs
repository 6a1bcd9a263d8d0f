using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace RankNas.Distributed.Searching;

/// <summary>Has workers answer a search's requests.</summary>
/// <remarks>
/// Units wait in a durable queue of the search, and replies in another, each until the store has its scores. What workers went away with again and
/// again comes back as a dead letter; it is then sent by itself, one at a time, and fails if that does not help.
/// </remarks>
internal sealed class ClusterEvaluator : IArchitectureEvaluator
{
    private const long MostUnitText = 8 << 20;
    private const int MostRepliesInHand = 8192;
    private const int MostAnswersNotTaken = 3;
    private const int MostPartsAtOnce = 4;
    private const int MostNotices = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NoticePeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstNotice = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly IClusterTransport _transport;
    private readonly EvaluatorSettings _settings;
    private readonly ClusterOptions _options;
    private readonly Answers _answers = new(MostRepliesInHand / 2);
    private readonly Fleet _fleet;
    private readonly ImageServer _images;
    private readonly UnitSize _unitSize;
    private readonly Channel<Asked> _outbox = Channel.CreateUnbounded<Asked>();
    private readonly Channel<Asked> _suspects = Channel.CreateUnbounded<Asked>();
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<string> _noticed = [];
    private readonly ConditionalWeakTable<EvaluationRequest, string> _ids = [];
#pragma warning disable CA2213 // A part under way still gives its place back; without a handle it holds nothing to free.
    private readonly SemaphoreSlim _parts = new(MostPartsAtOnce, MostPartsAtOnce);
#pragma warning restore CA2213
    private readonly bool _sendsGraphs;
    private Task _running = Task.CompletedTask;
    private IClusterReceiver? _replies;
    private long _refusedSince = long.MaxValue;
    private long _aloneNoticedAt = Environment.TickCount64 - (long)(NoticePeriod - FirstNotice).TotalMilliseconds;
    private long _early;
    private volatile bool _wasWaiting;

    private ClusterEvaluator(IClusterTransport transport, EvaluatorSettings settings, ClusterOptions options)
    {
        (_transport, _settings, _options) = (transport, settings, options);
        _fleet = new Fleet(settings.SearchKey, 6 * options.AnnouncePeriod);
        _images = new ImageServer(settings);
        _unitSize = new UnitSize(options.UnitTime);
        _sendsGraphs = settings.Space is not IModuleSearchSpace && BuiltIns.FindSpace(settings.Space.Id)?.GetType() != settings.Space.GetType();
    }

    /// <inheritdoc/>
    public int Parallelism => _options.MostOnTheWay;

    private string WorkQueue => $"work.{_settings.SearchKey}";

    private string ReplyQueue => $"replies.{_settings.SearchKey}";

    /// <summary>Joins the cluster, and takes what is left of replies to the same search before.</summary>
    /// <exception cref="ClusterException">The broker lets nobody in, or another process runs the same search.</exception>
    public static async Task<ClusterEvaluator> OpenAsync(
        IClusterTransport transport, EvaluatorSettings settings, ClusterOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        var evaluator = new ClusterEvaluator(transport, settings, options);
        try
        {
            ThrowIfTooLarge(settings);
            await evaluator.StartAsync(cancellationToken).ConfigureAwait(false);
            return evaluator;
        }
        catch
        {
            await evaluator._closing.CancelAsync().ConfigureAwait(false);
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default)
    {
        string? graph;
        try
        {
            graph = _sendsGraphs ? GraphOf(request) : null;
        }
#pragma warning disable CA1031 // As where a worker knows the space: a network that cannot be built is a failed score.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Score failure = ScoreFailure.Of("The network could not be built", exception);
            return new EvaluationOutcome([.. request.Proxies.Select(_ => failure)], 0);
        }

        var own = new Asked(IdOf(request), request, graph);
        while (true)
        {
            Asked asked = _answers.Ask(own, out bool hasToBeSent);
            if (hasToBeSent)
            {
                _outbox.Writer.TryWrite(asked);
            }

            try
            {
                return await asked.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                _wasWaiting = true;
                _answers.Forget(own);
                own.Answer.TrySetCanceled(CancellationToken.None);
                throw;
            }
            catch (OperationCanceledException)
            {
                // It was somebody else's, who no longer waits: from now on it is this one's.
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask KeptAsync(EvaluationRequest request, CancellationToken cancellationToken = default) =>
        _answers.Kept(IdOf(request))?.SettleOneAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        bool isCutShort = _wasWaiting || _answers.Waiting > 0;
        await _closing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _answers.Break(new ObjectDisposedException(nameof(ClusterEvaluator)));
        using var late = new CancellationTokenSource(LastWords);
        try
        {
            // Nobody needs to score any more. What was scored already waits for the search to be started again.
            await _transport.DeleteQueueAsync(WorkQueue, late.Token).ConfigureAwait(false);
            await _transport.TellAsync(
                Topics.Searches, Wire.Write(MessageKinds.SearchOver, new SearchOver(_settings.SearchKey), ClusterJson.Default.SearchOver), late.Token).ConfigureAwait(false);
            if (!isCutShort)
            {
                await _transport.DeleteQueueAsync(ReplyQueue, late.Token).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The result counts: the broker is away, and the queues go by themselves.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _settings.Logger.ClusterNoticed($"The queues of the search {_settings.SearchKey} were not removed: {ErrorText.FirstLineOf(exception)}");
        }
        finally
        {
            await _transport.DisposeAsync().ConfigureAwait(false);
            _closing.Dispose();
        }
    }

    private static void ThrowIfTooLarge(EvaluatorSettings settings)
    {
        try
        {
            ImageParts.LengthOf(settings.Images.Shape, settings.BatchSize, settings.Images.HasLabels);
        }
        catch (OverflowException exception)
        {
            throw new ClusterException($"{settings.BatchSize} images of {settings.Images.Shape.InputText} are more than workers take, 2 GiB in float64: use a smaller batch.", exception);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await CreateQueuesAsync(cancellationToken).ConfigureAwait(false);
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        await _transport.ListenAsync(Topics.Workers, OnWorker, cancellationToken).ConfigureAwait(false);
        await _transport.ListenAsync(Topics.Of(_settings.SearchKey), OnMember, cancellationToken).ConfigureAwait(false);
        await _transport.ListenAsync(Topics.Searches, OnSearches, cancellationToken).ConfigureAwait(false);
        await AnnounceAsync(cancellationToken).ConfigureAwait(false);
        _running = Task.WhenAll(Run(SendAllAsync), Run(SendSuspectsAsync), Run(WatchAsync));
    }

    // Dead letters need their queue: it comes first.
    private async Task CreateQueuesAsync(CancellationToken cancellationToken)
    {
        await _transport.CreateQueueAsync(ReplyQueue, deadLetters: null, cancellationToken).ConfigureAwait(false);
        await _transport.CreateQueueAsync(WorkQueue, ReplyQueue, cancellationToken).ConfigureAwait(false);
    }

    // The replies that an earlier run left behind come first, and what it left to do is asked for again by this one.
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        QueueState? replies = await _transport.FindQueueAsync(ReplyQueue, cancellationToken).ConfigureAwait(false);
        await ReceiveRepliesAsync(cancellationToken).ConfigureAwait(false);
        await _transport.PurgeQueueAsync(WorkQueue, cancellationToken).ConfigureAwait(false);
        long expected = Math.Min(replies?.Ready ?? 0, MostRepliesInHand / 2);
        for (long end = Environment.TickCount64 + 5_000; Interlocked.Read(ref _early) < expected && Environment.TickCount64 < end;)
        {
            await Task.Delay(20, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReceiveRepliesAsync(CancellationToken cancellationToken) => _replies =
        await _transport.ReceiveAsync(ReplyQueue, MostRepliesInHand, isExclusive: true, OnReply, cancellationToken).ConfigureAwait(false);

    private Task Run(Func<Task> loop) => Task.Run(async () =>
    {
        try
        {
            await loop().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whoever waits for an answer learns of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _answers.Break(exception);
        }
    });

    // A request is asked for, and later told to be stored: it is hashed once, and its name forgotten with it.
    private string IdOf(EvaluationRequest request) => _ids.GetValue(request, Wire.IdOf);

    private string GraphOf(EvaluationRequest request)
    {
        ScopeParts parts = ScopeParts.Of(request.Scope);
        return _settings.Space.Describe(_settings.Space.Parse(request.Architecture), parts.Shape).ToJson();
    }

    private async Task SendAllAsync()
    {
        var batch = new List<Asked>();
        while (await _outbox.Reader.WaitToReadAsync(_closing.Token).ConfigureAwait(false))
        {
            int threads = _fleet.Known().Sum(known => known.Service.State == ServiceState.Serving ? known.Worker.Threads : 0);
            int most = _unitSize.Next(_answers.Waiting, threads);
            long size = 0;
            batch.Clear();
            while (batch.Count < most && size < MostUnitText && _outbox.Reader.TryRead(out Asked? asked))
            {
                if (!asked.Answer.Task.IsCompleted && !asked.IsSuspect)
                {
                    batch.Add(asked);
                    size += asked.Size;
                }
            }

            if (batch.Count > 0)
            {
                await SendAsync(batch).ConfigureAwait(false);
            }
        }
    }

    private async Task SendSuspectsAsync()
    {
        await foreach (Asked suspect in _suspects.Reader.ReadAllAsync(_closing.Token).ConfigureAwait(false))
        {
            if (suspect.Answer.Task.IsCompleted)
            {
                continue;
            }

            suspect.Turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await SendAsync([suspect]).ConfigureAwait(false);

            // One at a time: whoever goes away now went away with this one.
            await Task.WhenAny(suspect.Answer.Task, suspect.Turn.Task).WaitAsync(_closing.Token).ConfigureAwait(false);
        }
    }

    // A suspect goes to its own queue; one whose turn is not now is there already.
    private void Requeue(Asked asked)
    {
        asked.SentAt = long.MaxValue;
        if (!asked.IsSuspect)
        {
            _outbox.Writer.TryWrite(asked);
        }
        else if (asked.Turn?.TrySetResult() == true)
        {
            _suspects.Writer.TryWrite(asked);
        }
    }

    private async Task SendAsync(IReadOnlyList<Asked> batch)
    {
        var unit = new WorkUnit(_settings.SearchKey, [.. batch.Select(asked => asked.Item)]);
        ClusterMessage message = Wire.Write(MessageKinds.Unit, unit, ClusterJson.Default.WorkUnit) with { TraceParent = batch[0].TraceParent };
        while (true)
        {
            switch (await _transport.SendAsync(WorkQueue, message, _closing.Token).ConfigureAwait(false))
            {
                case SendOutcome.Accepted:
                    foreach (Asked asked in batch)
                    {
                        asked.SentAt = Environment.TickCount64;
                    }

                    return;
                case SendOutcome.NoQueue:
                    await CreateQueuesAsync(_closing.Token).ConfigureAwait(false);
                    break;
                default:
                    // The workers are behind: what is held back here takes no memory there.
                    await Task.Delay(Pause, _closing.Token).ConfigureAwait(false);
                    break;
            }
        }
    }

    private void OnReply(ClusterDelivery delivery)
    {
        Interlocked.Increment(ref _early);
        try
        {
            switch (delivery.Message.Kind)
            {
                case MessageKinds.Reply:
                    Take(Wire.ReadReply(delivery.Message), delivery);
                    return;
                case MessageKinds.Unit when delivery.IsDeadLetter:
                    Suspect(Wire.ReadUnit(delivery.Message));
                    break;
                default:
                    _settings.Logger.Nonsense(ShownText.Of(delivery.Message.Kind), "no search expects it");
                    break;
            }
        }
        catch (InvalidDataException exception)
        {
            _settings.Logger.Nonsense(ShownText.Of(delivery.Message.Kind), exception.Message);
        }

        _ = delivery.AcknowledgeAsync().AsTask();
    }

    private void Take(WorkReply reply, ClusterDelivery delivery)
    {
        var settlement = new Settlement(delivery, reply.Answers.Length);
        foreach (WorkAnswer answer in reply.Answers)
        {
            Settlement? useless = settlement;
            if (reply.Search != _settings.SearchKey)
            {
                _settings.Logger.Nonsense(MessageKinds.Reply, $"worker {ShownText.Of(reply.Worker)} answered another search");
            }
            else if (answer.Outcome is not { } outcome)
            {
                AskAgain(answer.Id, $"The worker {ShownText.Of(reply.Worker)} could not score it: {ShownText.OneLine(answer.Trouble, 500)}");
            }
            else if (!IsAccepted(outcome))
            {
                Notice($"{reply.Worker}/numerics", $"Worker {ShownText.Of(reply.Worker)} computes by {ShownText.Of(outcome.Numerics)}, and this search by {_settings.Scope.Numerics}: its answers are not taken. Use machines of one kind, or accept other numerics.");
                AskAgain(answer.Id, "Workers answered by other numerics than they had told, and their answers were not taken.");
            }
            else if (outcome.Scores.Any(score => score.IsTransient) && _answers.Find(answer.Id) is { AnswersNotTaken: 0 } asked)
            {
                // Memory or time was wanting there: another worker may have more.
                asked.AnswersNotTaken++;
                Requeue(asked);
            }
            else
            {
                _unitSize.Note(outcome.Seconds);
                useless = _answers.Take(answer.Id, outcome, settlement);
            }

            _ = useless?.SettleOneAsync().AsTask();
        }
    }

    private void AskAgain(string id, string reason)
    {
        if (_answers.Find(id) is not { } asked)
        {
            return;
        }

        if (++asked.AnswersNotTaken < MostAnswersNotTaken)
        {
            Requeue(asked);
        }
        else
        {
            Fail(asked, reason);
        }
    }

    private void Fail(Asked asked, string reason)
    {
        _answers.Forget(asked);
        asked.Answer.TrySetResult(new EvaluationOutcome([.. asked.Request.Proxies.Select(_ => Score.Failed(reason, isTransient: true))], 0));
    }

    private bool IsAccepted(EvaluationOutcome outcome) =>
        _settings.AcceptsOtherNumerics || (outcome.Numerics ?? _settings.Scope.Numerics) == _settings.Scope.Numerics;

    // Too many workers went away with the unit: each of its requests is tried by itself, and what was by itself has failed.
    private void Suspect(WorkUnit unit)
    {
        foreach (Asked asked in unit.Items.Select(item => _answers.Find(item.Id)).OfType<Asked>())
        {
            if (!asked.IsSuspect)
            {
                Notice(asked.Id, $"Workers went away with {ShownText.Of(asked.Request.Architecture, ShownText.LineLength)} again and again: it is scored by itself now.");
                asked.IsSuspect = true;
                asked.SentAt = long.MaxValue;
                _suspects.Writer.TryWrite(asked);
            }
            else if (asked.Turn is not null && unit.Items.Length == 1)
            {
                Fail(asked, "Every worker that took it went away before it had answered, also when it was by itself: the network or a proxy may end the process, or take all memory.");
            }

            // Otherwise it is another copy of a unit that it was in before.
        }
    }

    private void OnWorker(ClusterMessage message) => Guard(message, () =>
    {
        if (message.Kind == MessageKinds.Presence
            && Wire.ReadPresence(message) is var presence && _fleet.Hear(presence))
        {
            _ = Run(() => AnnounceAsync(_closing.Token));
        }
    });

    private void OnMember(ClusterMessage message) => Guard(message, () =>
    {
        if (message.Kind == MessageKinds.ImagesWanted && Wire.Read(message, ClusterJson.Default.ImagesWanted) is var wanted && _images.Find(wanted.Part) is { } part)
        {
            _ = Run(() => SendPartAsync(wanted.Worker, part));
        }
    });

    // A few at a time: a worker asks again for what it did not get.
    private async Task SendPartAsync(string worker, ImagesPart part)
    {
        if (!await _parts.WaitAsync(Pause, _closing.Token).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await _transport.TellAsync(Topics.Of(worker), Wire.Write(MessageKinds.ImagesPart, part, ClusterJson.Default.ImagesPart), _closing.Token).ConfigureAwait(false);
        }
        finally
        {
            _parts.Release();
        }
    }

    private void OnSearches(ClusterMessage message)
    {
        if (message.Kind == MessageKinds.WhoIsThere)
        {
            _ = Run(() => AnnounceAsync(_closing.Token));
        }
    }

    private void Guard(ClusterMessage message, Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            _settings.Logger.Nonsense(ShownText.Of(message.Kind), exception.Message);
        }
    }

    private Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var announcement = new SearchAnnouncement(
            Wire.Version, Wire.Product, _settings.SearchKey, WorkQueue, ReplyQueue, _settings.Scope, _settings.Proxies, _settings.Images.HasLabels, _sendsGraphs,
            _settings.TimeLimit == TimeSpan.MaxValue ? 0 : _settings.TimeLimit.TotalSeconds, _settings.AcceptsOtherNumerics, _settings.UsesKernels, _settings.AllowsTensorFloat32);
        return _transport.TellAsync(Topics.Searches, Wire.Write(MessageKinds.Announcement, announcement, ClusterJson.Default.SearchAnnouncement), cancellationToken);
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(_options.AnnouncePeriod, _closing.Token).ConfigureAwait(false);
            if (_replies?.HasEnded == true)
            {
                // Somebody removed the queue.
                await _replies.DisposeAsync().ConfigureAwait(false);
                await _transport.CreateQueueAsync(ReplyQueue, deadLetters: null, _closing.Token).ConfigureAwait(false);
                await ReceiveRepliesAsync(_closing.Token).ConfigureAwait(false);
            }

            await AnnounceAsync(_closing.Token).ConfigureAwait(false);
            ImmutableArray<(WorkerPresence Worker, SearchService Service)> known = _fleet.Known();
            NoticeRefusals(known);
            if (_answers.Waiting > 0)
            {
                BreakIfAllRefuse(known);
                NoticeIfAlone(known);
                await SendAgainAsync(known).ConfigureAwait(false);
            }
        }
    }

    private void NoticeRefusals(ImmutableArray<(WorkerPresence Worker, SearchService Service)> known)
    {
        foreach ((WorkerPresence worker, SearchService service) in known.Where(one => one.Service.State == ServiceState.Refused))
        {
            Notice(worker.Worker, $"Worker {Named(worker)} does not score for this search: {ShownText.OneLine(service.Reason, 500)}");
        }
    }

    private void BreakIfAllRefuse(ImmutableArray<(WorkerPresence Worker, SearchService Service)> known)
    {
        if (known.IsEmpty || known.Any(one => one.Service.State != ServiceState.Refused))
        {
            _refusedSince = long.MaxValue;
            return;
        }

        _refusedSince = Math.Min(_refusedSince, Environment.TickCount64);
        if (Environment.TickCount64 - _refusedSince >= _options.RefusalPatience.TotalMilliseconds)
        {
            string reasons = string.Join("; ", known.Take(3).Select(one => $"{Named(one.Worker)}: {ShownText.OneLine(one.Service.Reason, 500).TrimEnd('.')}"));
            _answers.Break(new ClusterException($"None of {known.Length} workers can score for this search. {reasons}."));
        }
    }

    private void NoticeIfAlone(ImmutableArray<(WorkerPresence Worker, SearchService Service)> known)
    {
        bool isAnybodyServing = known.Any(one => one.Service.State == ServiceState.Serving);
        if (!isAnybodyServing && Environment.TickCount64 - _aloneNoticedAt >= NoticePeriod.TotalMilliseconds)
        {
            _aloneNoticedAt = Environment.TickCount64;
            Tell(known.IsEmpty
                ? "No worker is there: the search waits for one. Start it by: ranknas worker --cluster ADDRESS"
                : string.Create(CultureInfo.InvariantCulture, $"None of {known.Length} workers scores yet: those that refuse have said why, and others are fetching the images."));
        }
    }

    // Whatever was lost, and by whom: where nothing waits and nobody has anything in hand, what has no answer is asked for again.
    private async Task SendAgainAsync(ImmutableArray<(WorkerPresence Worker, SearchService Service)> known)
    {
        long oldest = Environment.TickCount64 - (long)_options.ResendAfter.TotalMilliseconds;
        Asked[] late = [.. _answers.FindAll().Where(asked => asked.SentAt < oldest)];
        bool isIdle = known.Any(one => one.Service.State == ServiceState.Serving) && known.All(one => one.Service.InHand == 0);
        if (late.Length == 0 || !isIdle || await _transport.FindQueueAsync(WorkQueue, _closing.Token).ConfigureAwait(false) is { Ready: > 0 })
        {
            return;
        }

        foreach (Asked asked in late)
        {
            Requeue(asked);
        }
    }

    private void Notice(string key, string text)
    {
        lock (_noticed)
        {
            if (_noticed.Count >= MostNotices || !_noticed.Add(key))
            {
                return;
            }
        }

        Tell(text);
    }

    private void Tell(string text)
    {
        _settings.Logger.ClusterNoticed(text);
        _options.Notify?.Invoke(text);
    }

    private static string Named(WorkerPresence worker) => $"{ShownText.Of(worker.Worker)} on {ShownText.Of(worker.Machine)}";
}
