using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using RankNas.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Scores architectures in this process, each on one thread: as many at once as there are workers.</summary>
/// <remarks>
/// One thread for one network, because libtorch's sums depend on the number of threads that share them. A thread that does not come back from a
/// network or a proxy is given up, with all that it holds, and another takes its place.
/// </remarks>
internal sealed class LocalEvaluator : IArchitectureEvaluator
{
    // So many threads that do not come back are no accident: each may hold a core and a network's memory.
    private const int MostGivenUp = 64;

    private readonly EvaluationSetup _setup;
    private readonly NetworkScorer _scorer;
    private readonly Lazy<ProbeBatch> _batch;
    private readonly Channel<Job> _jobs;
    private readonly Lock _staff = new();
    private readonly HashSet<Worker> _workers = [];
    private readonly SharedCores _cores;
    private readonly Timer _watch;
    private readonly Lock _watching = new();
    private readonly CancellationTokenSource _closing = new();
    private int _givenUp;

    public LocalEvaluator(EvaluationSetup setup)
    {
        _setup = setup;
        _scorer = new NetworkScorer(setup);
        _cores = new SharedCores(setup.Workers);
        _batch = new Lazy<ProbeBatch>(CreateBatch);
        _jobs = Channel.CreateBounded<Job>(setup.Workers);
        double period = Math.Clamp(setup.Grace.TotalMilliseconds / 8, 10, 250);
        _watch = new Timer(_ => Watch(), null, TimeSpan.FromMilliseconds(period), TimeSpan.FromMilliseconds(period));
        for (int worker = 0; worker < setup.Workers; worker++)
        {
            Hire();
        }
    }

    public int Parallelism => _setup.Workers;

    public async Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default)
    {
        var job = new Job(request, cancellationToken);
        await _jobs.Writer.WriteAsync(job, cancellationToken).ConfigureAwait(false);
        return await job.Completion.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _closing.CancelAsync().ConfigureAwait(false);
        try
        {
            while (Staff() is { Length: > 0 } staff)
            {
                await Task.WhenAll(staff.Select(worker => worker.Ended.Task)).ConfigureAwait(false);
            }
        }
        finally
        {
            await _watch.DisposeAsync().ConfigureAwait(false);

            // A thread that was given up may still be looking at the images.
            if (_batch.IsValueCreated && Volatile.Read(ref _givenUp) == 0)
            {
                _batch.Value.Dispose();
                _closing.Dispose();
            }
        }
    }

    private void Hire(Job? first = null)
    {
        var worker = new Worker();
        lock (_staff)
        {
            _workers.Add(worker);
        }

        try
        {
            new Thread(() => Live(worker, first)) { IsBackground = true }.Start();
        }
        catch (OutOfMemoryException)
        {
            Leave(worker, exception: null);
            _jobs.Writer.TryComplete();
            throw;
        }
    }

    private void Live(Worker worker, Job? first)
    {
        Exception? failure = null;
        try
        {
            Work(worker, first);
        }
#pragma warning disable CA1031 // It is thrown again where the evaluator is disposed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        Leave(worker, failure);
    }

    private void Leave(Worker worker, Exception? exception)
    {
        lock (_staff)
        {
            if (!_workers.Remove(worker))
            {
                _givenUp--;
            }
        }

        if (exception is null)
        {
            worker.Ended.TrySetResult();
        }
        else
        {
            worker.Ended.TrySetException(exception);
        }
    }

    private void Work(Worker worker, Job? first)
    {
        worker.Thread = Thread.CurrentThread;
        using IDisposable? oneThread = _setup.Device == DeviceType.CPU ? TorchThreads.UseOne() : null;
        using ActivationArena arena = ActivationArena.ForThisThread();

        if (first is not null)
        {
            Serve(worker, first);
        }

        // A thread of its own that blocks: torch's modes and scopes belong to a thread.
        while (!worker.IsGivenUp && _jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (!worker.IsGivenUp && _jobs.Reader.TryRead(out Job? job))
            {
                Serve(worker, job);
            }
        }
    }

    private void Serve(Worker worker, Job job)
    {
        try
        {
            worker.Take(job);
            _cores.Use(() => Answer(worker, job));
        }
#pragma warning disable CA1031 // It is thrown again where the answer is awaited.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!worker.IsGivenUp)
            {
                job.Completion.TrySetException(exception);
            }
        }
        finally
        {
            worker.Take(null);
        }
    }

    private void Answer(Worker worker, Job job)
    {
        if (job.CancellationToken.IsCancellationRequested)
        {
            job.Completion.TrySetCanceled(job.CancellationToken);
            return;
        }

        ProbeBatch batch = _batch.Value;
        ScoringAttempt attempt = worker.Attempt(job);
        _scorer.Score(job.Request, batch, attempt);
        if (attempt.Finish() is { } scores)
        {
            job.Complete(scores);
        }
    }

    // By a timer, one after another: gives up who has been at one step for too long, or goes on although nobody waits for the answer.
    private void Watch()
    {
        if (!_watching.TryEnter())
        {
            return;
        }

        try
        {
            foreach (Worker worker in Staff())
            {
                Check(worker);
            }
        }
        finally
        {
            _watching.Exit();
        }
    }

    private void Check(Worker worker)
    {
        (Job? job, ScoringAttempt? attempt) = worker.AtHand;
        if (job is null || worker.Thread is not { } thread)
        {
            return;
        }

        if (GradientPasses.IsWaiting(thread))
        {
            attempt?.RestartClock();
        }

        if (job.IsUnwantedFor(_setup.Grace, _closing.Token) && attempt?.Close() != false)
        {
            GiveUp(worker, thread);
            job.Completion.TrySetCanceled(CancellationToken.None);
            Replace();
        }
        else if (attempt?.GiveUpAfter(_setup.TimeLimit) is { } scores)
        {
            int givenUp = GiveUp(worker, thread);
            job.Scores = scores;
            if (givenUp > MostGivenUp)
            {
                job.Completion.TrySetException(new SearchComponentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{givenUp} networks or proxies have not come to an end and were given up: the search stops before they take up all of the machine.")));
                Replace();
            }
            else if (scores.All(score => score is not null))
            {
                job.Complete([.. scores.Select(score => score!.Value)]);
                Replace();
            }
            else
            {
                Replace(job);
            }
        }
    }

    private int GiveUp(Worker worker, Thread thread)
    {
        int givenUp;
        lock (_staff)
        {
            // One that has come to its end by now is no longer there.
            givenUp = _workers.Remove(worker) ? ++_givenUp : _givenUp;
        }

        worker.IsGivenUp = true;
        GradientPasses.GiveUp(thread);
        worker.Ended.TrySetResult();
        return givenUp;
    }

    private void Replace(Job? job = null)
    {
        if (_closing.IsCancellationRequested)
        {
            job?.Completion.TrySetCanceled(CancellationToken.None);
            return;
        }

        try
        {
            Hire(job);
        }
        catch (OutOfMemoryException exception)
        {
            job?.Completion.TrySetException(exception);
        }
    }

    private Worker[] Staff()
    {
        lock (_staff)
        {
            return [.. _workers];
        }
    }

    private ProbeBatch CreateBatch()
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = _setup.Precision.ToScalarType();
        Device device = new(_setup.Device);
        return new ProbeBatch(
            _setup.Images.Take(_setup.BatchSize, type, device),
            _setup.Images.TakeLabels(_setup.BatchSize, device),
            _setup.Noise,
            _setup.Seed);
    }

    private sealed class Job(EvaluationRequest request, CancellationToken cancellationToken)
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private long? _unwantedSince;

        public EvaluationRequest Request => request;

        public CancellationToken CancellationToken => cancellationToken;

        public TaskCompletionSource<EvaluationOutcome> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Gets or sets the scores found so far.</summary>
        public Score?[] Scores { get; set; } = new Score?[request.Proxies.Length];

        /// <summary>Gets or sets when a worker took it.</summary>
        public long? Taken { get; set; }

        public void Complete(Score[] scores) => Completion.TrySetResult(
            new EvaluationOutcome([.. scores], Stopwatch.GetElapsedTime(Taken ?? _start).TotalSeconds));

        /// <summary>Tells whether nobody has waited for the answer for so long; it is asked again and again.</summary>
        public bool IsUnwantedFor(TimeSpan grace, CancellationToken closing)
        {
            if (!cancellationToken.IsCancellationRequested && !closing.IsCancellationRequested)
            {
                return false;
            }

            _unwantedSince ??= Stopwatch.GetTimestamp();
            return Stopwatch.GetElapsedTime(_unwantedSince.Value) > grace;
        }
    }

    private sealed class Worker
    {
        private readonly Lock _gate = new();
        private volatile bool _isGivenUp;
        private Job? _job;
        private ScoringAttempt? _attempt;

        public Thread? Thread { get; set; }

        public bool IsGivenUp
        {
            get => _isGivenUp;
            set => _isGivenUp = value;
        }

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public (Job? Job, ScoringAttempt? Attempt) AtHand
        {
            get
            {
                lock (_gate)
                {
                    return (_job, _attempt);
                }
            }
        }

        public void Take(Job? job)
        {
            lock (_gate)
            {
                (_job, _attempt) = (job, null);
                if (job is not null)
                {
                    job.Taken ??= Stopwatch.GetTimestamp();
                }
            }
        }

        public ScoringAttempt Attempt(Job job)
        {
            lock (_gate)
            {
                return _attempt = new ScoringAttempt(job.Scores);
            }
        }
    }
}
