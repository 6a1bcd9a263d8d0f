using System.Threading.Channels;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Scores architectures in this process, each on one thread: as many at once as there are workers.</summary>
/// <remarks>One thread for one network, because libtorch's sums depend on the number of threads that share them.</remarks>
internal sealed class LocalEvaluator : IArchitectureEvaluator
{
    private readonly EvaluationSetup _setup;
    private readonly NetworkScorer _scorer;
    private readonly Lazy<ProbeBatch> _batch;
    private readonly Channel<Job> _jobs;
    private readonly Task[] _workers;
    private readonly SharedCores _cores;
    private readonly WorkersMemory _memory;

    public LocalEvaluator(EvaluationSetup setup)
    {
        _setup = setup;
        _scorer = new NetworkScorer(setup);
        _cores = new SharedCores(setup.Workers);
        (int channels, int height, int width) = (setup.Images.Shape.Channels, setup.Images.Shape.Height, setup.Images.Shape.Width);
        _memory = new WorkersMemory(setup.Workers, (long)setup.BatchSize * channels * height * width);
        _batch = new Lazy<ProbeBatch>(CreateBatch);
        _jobs = Channel.CreateBounded<Job>(setup.Workers);
        _workers = [.. Enumerable.Range(0, setup.Workers).Select(_ => TorchAllocator.RunOnSharedHeapAsync(Work))];
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
        await Task.WhenAll(_workers).ConfigureAwait(false);
        await _memory.DisposeAsync().ConfigureAwait(false);
        if (_batch.IsValueCreated)
        {
            _batch.Value.Dispose();
        }
    }

    private void Work()
    {
        using IDisposable? oneThread = _setup.Device == DeviceType.CPU ? TorchThreads.UseOne() : null;

        // A thread of its own that blocks: torch's modes and scopes belong to a thread.
        while (_jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_jobs.Reader.TryRead(out Job? job))
            {
                _memory.Use(() => _cores.Use(() => Answer(job)));
            }
        }
    }

    private void Answer(Job job)
    {
        if (job.CancellationToken.IsCancellationRequested)
        {
            job.Completion.TrySetCanceled(job.CancellationToken);
            return;
        }

        try
        {
            job.Completion.TrySetResult(_scorer.Score(job.Request, _batch.Value));
        }
#pragma warning disable CA1031 // It is thrown again where the answer is awaited.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            job.Completion.TrySetException(exception);
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

    private sealed record Job(EvaluationRequest Request, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<EvaluationOutcome> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
