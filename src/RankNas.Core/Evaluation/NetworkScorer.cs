using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Scores one architecture at a time: builds its network once, and runs the passes once for all activation proxies.</summary>
internal sealed class NetworkScorer(EvaluationSetup setup)
{
    // What a number that TorchSharp let go too early leads to (see TensorArithmetic), in networks and proxies that are not ours.
    private static readonly string[] PassingFailures = ["Expected false to be true", "Unknown scalar type"];

    private readonly NetworkFactory _networks = new(setup);

    public EvaluationOutcome Score(EvaluationRequest request, ProbeBatch batch)
    {
        long start = Stopwatch.GetTimestamp();
        IZeroCostProxy[] proxies = [.. request.Proxies.Select(Resolve)];
        Score[] scores = Attempt(request, batch, proxies);
        if (scores.Any(score => PassingFailures.Any(failure => score.Failure?.Contains(failure, StringComparison.Ordinal) == true)))
        {
            scores = Attempt(request, batch, proxies);
        }

        return new EvaluationOutcome([.. scores], Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private Score[] Attempt(EvaluationRequest request, ProbeBatch batch, IZeroCostProxy[] proxies)
    {
        Score[] scores = new Score[proxies.Length];
        using (DisposeScope scope = NewDisposeScope())
        {
            try
            {
                Architecture architecture = setup.Space.Parse(request.Architecture);
                nn.Module<Tensor, Tensor> network = _networks.Build(architecture, request.Scope.Repeat);
                using IDisposable owner = NativeModules.Own(network);
                ScoreByPasses(network, batch, proxies, scores);
                ScoreOneByOne(network, batch, proxies, scores);
            }
#pragma warning disable CA1031 // A network that cannot be built or run is a result too.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Array.Fill(scores, FailureOf("The network could not be built", exception));
            }
        }

        return scores;
    }

    private IZeroCostProxy Resolve(ProxyDescriptor wanted) =>
        setup.Proxies.FirstOrDefault(proxy => proxy.Id == wanted.Id && proxy.Settings == wanted.Settings)
        ?? throw new ArgumentException($"This evaluator has no proxy '{wanted.Id}' with the settings '{wanted.Settings}'.", nameof(wanted));

    private static void ScoreByPasses(nn.Module<Tensor, Tensor> network, ProbeBatch batch, IZeroCostProxy[] proxies, Score[] scores)
    {
        var watching = new List<(int Index, IActivationProxy Proxy, IActivationObserver Observer)>();
        try
        {
            for (int index = 0; index < proxies.Length; index++)
            {
                if (proxies[index] is IActivationProxy proxy)
                {
                    watching.Add((index, proxy, new GuardedObserver(proxy.CreateObserver(batch))));
                }
            }

            if (watching.Count == 0)
            {
                return;
            }

            Score passes = Try(() =>
            {
                ActivationPasses.Run(network, batch, [.. watching.Select(watcher => (watcher.Proxy, watcher.Observer))]);
                return 0;
            });
            foreach ((int index, _, IActivationObserver observer) in watching)
            {
                scores[index] = passes.Kind == ScoreKind.Failed ? passes : Try(observer.Complete);
            }
        }
        finally
        {
            watching.ForEach(watcher => watcher.Observer.Dispose());
        }
    }

    private static void ScoreOneByOne(nn.Module<Tensor, Tensor> network, ProbeBatch batch, IZeroCostProxy[] proxies, Score[] scores)
    {
        for (int index = 0; index < proxies.Length; index++)
        {
            if (proxies[index] is not IActivationProxy)
            {
                IZeroCostProxy proxy = proxies[index];
                scores[index] = Try(() =>
                {
                    using IDisposable? alone = proxy.IsConcurrent ? null : GradientPasses.Alone();
                    using DisposeScope scope = NewDisposeScope();
                    return proxy.Score(network, batch);
                });
            }
        }
    }

    private static Score Try(Func<double> score)
    {
        try
        {
            return RankNas.Score.Of(score());
        }
#pragma warning disable CA1031 // Whatever a proxy throws is its score's failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return FailureOf("The proxy failed", exception);
        }
    }

    // libtorch's messages go on with a native stack trace, line by line: the first line says it all.
    private static Score FailureOf(string what, Exception exception) => RankNas.Score.Failed(
        exception is ProxyNotApplicableException ? exception.Message : $"{what}: {exception.Message.Split('\n', 2)[0].Trim()}");
}
