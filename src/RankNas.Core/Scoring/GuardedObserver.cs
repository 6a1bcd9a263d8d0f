using RankNas.Torch;

namespace RankNas.Scoring;

/// <summary>Keeps one proxy's failure to itself, from its first call to its last, while the forward pass goes on for the others.</summary>
internal sealed class GuardedObserver : IActivationObserver
{
    private const string Unfinished = "The proxy did not end";

    private readonly int _index;
    private readonly ScoringAttempt _attempt;
    private IActivationObserver? _inner;
    private Exception? _failure;

    private GuardedObserver(int index, ScoringAttempt attempt)
    {
        _index = index;
        _attempt = attempt;
    }

    /// <summary>Gets the layers that the proxy watches, as it said when it began.</summary>
    public IActivationProxy? Layers { get; private set; }

    /// <summary>Gets whether the proxy has failed.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>Has a proxy begin to watch; where it throws, it has failed, and sees nothing.</summary>
    public static GuardedObserver Start(
        int index, IActivationProxy proxy, TorchSharp.torch.nn.Module network, ProbeBatch batch, ScoringAttempt attempt)
    {
        var observer = new GuardedObserver(index, attempt);
        observer.Guard(() =>
        {
            IActivationProxy watcher = network is IGraphNetwork { Graph: { } graph }
                ? proxy.ForGraph(graph) ?? throw new InvalidOperationException($"{nameof(IActivationProxy.ForGraph)} returned null.")
                : proxy.ForModule(network);
            observer.Layers = new NamedLayers(watcher, watcher.CleanLayers, watcher.NoisyLayers);
            observer._inner = watcher.CreateObserver(batch) ?? throw new InvalidOperationException("CreateObserver returned null.");
        });
        return observer;
    }

    public void Observe(ForwardPass pass, LayerInput input) => Guard(() => _inner!.Observe(pass, input));

    public double Complete() => throw new NotSupportedException("A guarded observer gives a score, which may be a failure: call Finish.");

    /// <summary>Gets the score, which is a failure where any call threw, and disposes what watched.</summary>
    public Score Finish()
    {
        double value = double.NaN;
        Guard(() => value = _inner!.Complete());
        Dispose();
        return _failure is null ? Score.Of(value) : ScoreFailure.Of("The proxy failed", _failure);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _inner, null) is { } inner)
        {
            try
            {
                inner.Dispose();
            }
#pragma warning disable CA1031 // Whatever a proxy throws is its score's failure.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure ??= exception;
            }
        }
    }

    private void Guard(Action call)
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            _attempt.Within(Unfinished, _index, call);
        }
#pragma warning disable CA1031 // Whatever a proxy throws is its score's failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = exception;
        }
    }

    private sealed class NamedLayers(IActivationProxy proxy, LayerKinds clean, LayerKinds noisy) : IActivationProxy
    {
        public string Id => proxy.Id;

        public ScoreDirection Direction => proxy.Direction;

        public LayerKinds CleanLayers => clean;

        public LayerKinds NoisyLayers => noisy;

        bool IActivationProxy.ReadsSignsAlone => proxy.ReadsSignsAlone;

        public IActivationObserver CreateObserver(ProbeBatch batch) => proxy.CreateObserver(batch);

        public double Score(TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> network, ProbeBatch batch) => proxy.Score(network, batch);
    }
}
