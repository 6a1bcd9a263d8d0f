using System.Threading.Channels;
using RankNas.Kernels;
using RankNas.Kernels.Memory;
using RankNas.Scoring;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Scores architectures in this process, one per worker thread at a time.</summary>
/// <remarks>
/// A search creates its own. An evaluator from <see cref="NasBuilder.BuildEvaluator"/> answers requests of other processes, which are read by
/// <see cref="EvaluationRequest.FromJson"/>. It starts with the first request. Disposing it ends running requests, within about ten seconds.
/// Each network runs on one thread, because libtorch's sums depend on the number of threads that share them. A thread that does not return from a
/// network or a proxy is abandoned, with its memory, and replaced by a new one.
/// </remarks>
public sealed class LocalEvaluator : IArchitectureEvaluator
{
    // So many threads that do not come back are no accident: each may hold a core and a network's memory.
    private const int MostGivenUp = 64;

    private readonly EvaluationSetup _setup;
    private readonly bool _acceptOtherNumerics;
    private readonly Lazy<Task> _start;
    private readonly NetworkScorer _scorer;
    private readonly ImmutableDictionary<ComputeDevice, Lazy<ProbeBatch>> _batches;
    private readonly Channel<EvaluationJob> _jobs;
    private readonly Lock _staff = new();
    private readonly HashSet<EvaluationWorker> _workers = [];
    private readonly SharedCores _cores;
    private readonly Timer _watch;
    private readonly Lock _watching = new();
    private readonly CancellationTokenSource _closing = new();
    private IDisposable? _products;
    private int _givenUp;
    private bool _isDisposed;

    internal LocalEvaluator(EvaluationSetup setup, bool acceptOtherNumerics)
    {
        _setup = setup;
        _acceptOtherNumerics = acceptOtherNumerics;
        _scorer = new NetworkScorer(setup);
        _cores = new SharedCores(setup.Workers);
        _batches = setup.Devices.ToImmutableDictionary(device => device, device => new Lazy<ProbeBatch>(() => CreateBatch(device)));
        _jobs = Channel.CreateBounded<EvaluationJob>(setup.Workers);
        double period = Math.Clamp(setup.Grace.TotalMilliseconds / 8, 10, 250);
        _watch = new Timer(_ => Watch(), null, TimeSpan.FromMilliseconds(period), TimeSpan.FromMilliseconds(period));
        _start = new Lazy<Task>(() => Task.Run(Start));
    }

    /// <summary>Gets the number of workers.</summary>
    public int Parallelism => _setup.Workers;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The request is for other settings than this evaluator's: another space, other images, proxies, weights, dtype,
    /// or other numerics that the builder was not told to accept. The message names the difference.</exception>
    /// <exception cref="InvalidDataException">The images cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The evaluator has been disposed.</exception>
    public async Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        await _start.Value.ConfigureAwait(false);
        RequestCheck.ThrowIfOfOther(request.Scope, _setup.ScopeOf(request.Scope.Repeat), _acceptOtherNumerics);
        var job = new EvaluationJob(request, cancellationToken);
        try
        {
            await _jobs.Writer.WriteAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException) when (Volatile.Read(ref _isDisposed))
        {
            throw new ObjectDisposedException(nameof(LocalEvaluator));
        }

        EvaluationOutcome outcome = await job.Completion.Task.ConfigureAwait(false);
        return request.Scope.Numerics == _setup.Numerics ? outcome : outcome with { Numerics = _setup.Numerics };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _jobs.Writer.TryComplete();
        await _closing.CancelAsync().ConfigureAwait(false);
        try
        {
            if (_start.IsValueCreated)
            {
                await _start.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            while (Staff() is { Length: > 0 } staff)
            {
                await Task.WhenAll(staff.Select(worker => worker.Ended.Task)).ConfigureAwait(false);
            }
        }
        finally
        {
            await _watch.DisposeAsync().ConfigureAwait(false);
            _products?.Dispose();

            // A thread that was given up may still be looking at the images.
            if (Volatile.Read(ref _givenUp) == 0)
            {
                foreach (Lazy<ProbeBatch> batch in _batches.Values.Where(batch => batch.IsValueCreated))
                {
                    batch.Value.Dispose();
                }

                _closing.Dispose();
            }
        }
    }

    private void Start()
    {
        TorchRuntime.EnsureLoaded();
        _products = _setup.Devices[0].IsCpu ? null : TensorFloat32.Use(_setup.AllowsTensorFloat32);
        for (int worker = 0; worker < _setup.Workers; worker++)
        {
            Hire(_setup.Devices[worker % _setup.Devices.Length]);
        }
    }

    private void Hire(ComputeDevice device, EvaluationJob? first = null)
    {
        var worker = new EvaluationWorker(device);
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

    private void Live(EvaluationWorker worker, EvaluationJob? first)
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

    private void Leave(EvaluationWorker worker, Exception? exception)
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

    private void Work(EvaluationWorker worker, EvaluationJob? first)
    {
        worker.Thread = Thread.CurrentThread;
        // A GPU's worker too: it takes eigenvalues on the CPU, and several with all threads each would hold each other up.
        using IDisposable oneThread = TorchThreads.UseOne();
        using IDisposable? withoutKernels = _setup.UsesKernels ? null : KernelUse.Off();
        using ActivationArena arena = ActivationArena.ForThisThread();

        if (first is not null)
        {
            Serve(worker, first);
        }

#pragma warning disable RS0030 // A thread of its own that blocks: torch's modes and scopes belong to a thread.
        while (!worker.IsGivenUp && _jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore RS0030
        {
            while (!worker.IsGivenUp && _jobs.Reader.TryRead(out EvaluationJob? job))
            {
                Serve(worker, job);
            }
        }
    }

    private void Serve(EvaluationWorker worker, EvaluationJob job)
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

    private void Answer(EvaluationWorker worker, EvaluationJob job)
    {
        if (job.CancellationToken.IsCancellationRequested)
        {
            job.Completion.TrySetCanceled(job.CancellationToken);
            return;
        }

        ProbeBatch batch = _batches[worker.Device].Value;
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
            foreach (EvaluationWorker worker in Staff())
            {
                Check(worker);
            }
        }
        finally
        {
            _watching.Exit();
        }
    }

    private void Check(EvaluationWorker worker)
    {
        (EvaluationJob? job, ScoringAttempt? attempt) = worker.AtHand;
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
            Replace(worker);
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
                Replace(worker);
            }
            else if (scores.All(score => score is not null))
            {
                job.Complete([.. scores.Select(score => score!.Value)]);
                Replace(worker);
            }
            else
            {
                Replace(worker, job);
            }
        }
    }

    private int GiveUp(EvaluationWorker worker, Thread thread)
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

    private void Replace(EvaluationWorker givenUp, EvaluationJob? job = null)
    {
        if (_closing.IsCancellationRequested)
        {
            job?.Completion.TrySetCanceled(CancellationToken.None);
            return;
        }

        try
        {
            Hire(givenUp.Device, job);
        }
        catch (OutOfMemoryException exception)
        {
            job?.Completion.TrySetException(exception);
        }
    }

    private EvaluationWorker[] Staff()
    {
        lock (_staff)
        {
            return [.. _workers];
        }
    }

    private ProbeBatch CreateBatch(ComputeDevice where)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = _setup.Precision.ToScalarType();
        Device device = where.ToTorch();
        return new ProbeBatch(
            _setup.Images.Take(_setup.BatchSize, type, device),
            _setup.Images.TakeLabels(_setup.BatchSize, device),
            _setup.Noise,
            _setup.Seed);
    }
}
