using RankNas.Kernels;
using RankNas.Torch;
using RankNas.Torch.Hooks;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Scoring;

/// <summary>Scores one architecture at a time: builds its network, and runs the passes once for all activation proxies.</summary>
internal sealed class NetworkScorer(EvaluationSetup setup)
{
    private const string ForwardFailed = "The network's forward pass failed";

    // What a number that TorchSharp let go too early leads to (see TensorArithmetic), in networks and proxies that are not ours.
    private static readonly string[] PassingFailures = ["Expected false to be true", "Unknown scalar type", "must not be a floating point number"];

    private readonly NetworkFactory _networks = new(setup);

    /// <summary>Finds the scores that an attempt has not got yet. Whatever a network or a proxy throws is a failed score.</summary>
    public void Score(EvaluationRequest request, ProbeBatch batch, ScoringAttempt attempt)
    {
        ImmutableArray<IZeroCostProxy> proxies = [.. request.Proxies.Select(Resolve)];
        ScoreOnce(request, batch, proxies, attempt);
        if (attempt.Reopen(score => PassingFailures.Any(failure => score.Failure?.Contains(failure, StringComparison.Ordinal) == true)))
        {
            ScoreOnce(request, batch, proxies, attempt);
        }
    }

    private void ScoreOnce(EvaluationRequest request, ProbeBatch batch, ImmutableArray<IZeroCostProxy> proxies, ScoringAttempt attempt)
    {
        using DisposeScope scope = NewDisposeScope();

        // Each round but the last ends with a proxy of the user's own, which may have changed its network: the next one gets another.
        for (int rounds = proxies.Length; rounds > 0 && attempt.Open.Length > 0 && Build(request, batch, attempt, attempt.Open.Max(index => PartsFor(proxies[index]))) is { } network; rounds--)
        {
            try
            {
                using LogitsCheck check = LogitsCheck.On(network, setup.Images.Shape);
                ScoreByPasses(network, batch, proxies, attempt);
                ScoreOneByOne(network, batch, proxies, attempt);
            }
            finally
            {
                Free(network);
            }
        }
    }

    private nn.Module<Tensor, Tensor>? Build(EvaluationRequest request, ProbeBatch batch, ScoringAttempt attempt, NetworkParts parts)
    {
        try
        {
            attempt.Begin("The network was not built", attempt.Open);
            Architecture architecture = setup.Space.Parse(request.Architecture)
                ?? throw new InvalidOperationException($"{setup.Space.Id} read nothing in '{request.Architecture}'.");
            return _networks.Build(architecture, request.Scope.Repeat, batch.Images.device, parts);
        }
#pragma warning disable CA1031 // A network that cannot be built is a result too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FailOpen(attempt, ScoreFailure.Of("The network could not be built", exception));
            return null;
        }
    }

    // Those that watch see the activations alone.
    private static NetworkParts PartsFor(IZeroCostProxy proxy) => proxy switch
    {
        IGraphReader { ReadsWeights: false } => NetworkParts.Graph,
        IActivationProxy or IGraphReader => NetworkParts.Weights,
        _ => NetworkParts.Layers,
    };

    private IZeroCostProxy Resolve(ProxyDescriptor wanted)
    {
        int index = setup.Descriptors.IndexOf(wanted);
        return index >= 0
            ? setup.Proxies[index]
            : throw new ArgumentException($"This evaluator has no proxy '{wanted.Id}' with the settings '{wanted.Settings}'.", nameof(wanted));
    }

    private static void ScoreByPasses(
        nn.Module<Tensor, Tensor> network, ProbeBatch batch, ImmutableArray<IZeroCostProxy> proxies, ScoringAttempt attempt)
    {
        int[] watching = [.. attempt.Open.Where(index => proxies[index] is IActivationProxy)];
        GuardedObserver[] observers = [.. watching.Select(index => GuardedObserver.Start(index, (IActivationProxy)proxies[index], network, batch, attempt))];
        try
        {
            Score? failure = observers.Any(observer => !observer.HasFailed) ? RunPasses(network, batch, watching, observers, attempt) : null;
            for (int place = 0; place < watching.Length; place++)
            {
                attempt.Set(watching[place], observers[place].HasFailed ? observers[place].Finish() : failure ?? observers[place].Finish());
            }
        }
        finally
        {
            Array.ForEach(observers, observer => observer.Dispose());
        }
    }

    private static Score? RunPasses(
        nn.Module<Tensor, Tensor> network, ProbeBatch batch, int[] watching, GuardedObserver[] observers, ScoringAttempt attempt)
    {
        try
        {
            attempt.Begin("The network's forward pass did not end", watching);
            ActivationPasses.Run(network, batch, [.. observers.Where(observer => !observer.HasFailed)
                .Select(observer => (observer.Layers!, (IActivationObserver)observer))]);
            return null;
        }
#pragma warning disable CA1031 // Observers keep theirs to themselves: this is the network's own.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ScoreFailure.Of(ForwardFailed, exception);
        }
    }

    private static void ScoreOneByOne(
        nn.Module<Tensor, Tensor> network, ProbeBatch batch, ImmutableArray<IZeroCostProxy> proxies, ScoringAttempt attempt)
    {
        foreach (int index in attempt.Open)
        {
            if (!proxies[index].LeavesNetworkUnchanged)
            {
                // Whatever it does to the images, the others see them as they were.
                using ProbeBatch own = batch.Copy();
                attempt.Set(index, ScoreBy(proxies[index], index, network, own, attempt));
                return;
            }

            attempt.Set(index, ScoreBy(proxies[index], index, network, batch, attempt));
        }
    }

    private static Score ScoreBy(IZeroCostProxy proxy, int index, nn.Module<Tensor, Tensor> network, ProbeBatch batch, ScoringAttempt attempt)
    {
        const string Unfinished = "The proxy did not end";
        try
        {
            attempt.Begin(Unfinished, index);
            using IDisposable? exclusive = proxy.IsConcurrent ? null : GradientPasses.Exclusive();
            using DisposeScope scope = NewDisposeScope();

            // The wait for others is not the proxy's.
            attempt.Begin(Unfinished, index);
            return RankNas.Scores.Score.Of(proxy.Score(network, batch));
        }
        catch (ProxyNotApplicableException exception)
        {
            return ScoreFailure.Of("The proxy failed", exception);
        }
#pragma warning disable CA1031 // Whatever a proxy throws is its score's failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            attempt.Begin("The network's forward pass did not end", index);
            return FailureOfForward(network, batch) ?? ScoreFailure.Of("The proxy failed", exception);
        }
    }

    // A proxy that throws may have done so because the network does: who is to blame shows when the network runs without it.
    private static Score? FailureOfForward(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        try
        {
            using IDisposable shared = GradientPasses.Shared(network);
            using DisposeScope scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            MatmulGuard.ThrowIfUnsafe(network, batch.Images.dtype);
            using var state = new NetworkStateGuard(network);
            state.UseBatchStatistics();
            network.call(batch.Images);
            return null;
        }
#pragma warning disable CA1031 // It is what was looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ScoreFailure.Of(ForwardFailed, exception);
        }
    }

    private static void FailOpen(ScoringAttempt attempt, Score failure) => Array.ForEach(attempt.Open, index => attempt.Set(index, failure));

    private static void Free(nn.Module<Tensor, Tensor> network)
    {
        try
        {
            NativeModules.Dispose(network);
        }
#pragma warning disable CA1031 // A network that cannot be freed costs memory, and takes no score back.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
