using System.Collections.Immutable;

namespace RankNas;

/// <summary>Gets the scores of architectures: from the store where they are there, else from the evaluator, and then into the store.</summary>
internal sealed class EvaluationPipeline(
    IScoreStore store,
    IArchitectureEvaluator evaluator,
    WorkOrder order,
    ImmutableArray<ScoreScope> repeats,
    ImmutableArray<ProxyDescriptor> proxies)
{
    /// <summary>Scores architectures, as many at once as the evaluator takes.</summary>
    /// <param name="architectures">Distinct architectures.</param>
    /// <param name="onScored">Called for each as it is done, from several threads.</param>
    /// <param name="cancellationToken">Lets what is under way end, and leaves out the rest.</param>
    public async Task RunAsync(
        IReadOnlyCollection<Architecture> architectures, Action<EvaluatedArchitecture> onScored, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await FindStoredAsync(architectures, cancellationToken).ConfigureAwait(false);
            var options = new ParallelOptions
            {
                // One more than there are workers, so that the next one is at hand when a worker is done.
                MaxDegreeOfParallelism = evaluator.Parallelism + 1,
                CancellationToken = cancellationToken,
            };
            IEnumerable<Architecture> ordered = order.Of(architectures, evaluator.Parallelism);
            await Parallel.ForEachAsync(ordered, options, async (architecture, token) =>
                onScored(await ScoreAsync(architecture, stored, token).ConfigureAwait(false))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Cancelling is an end, not an error: what has been scored counts.
        }
    }

    private async Task<IReadOnlyDictionary<ScoreKey, StoredScore>[]> FindStoredAsync(
        IReadOnlyCollection<Architecture> architectures, CancellationToken cancellationToken)
    {
        string[] texts = [.. architectures.Select(architecture => architecture.Text)];
        var stored = new IReadOnlyDictionary<ScoreKey, StoredScore>[repeats.Length];
        for (int repeat = 0; repeat < repeats.Length; repeat++)
        {
            stored[repeat] = await store.FindAsync(repeats[repeat], texts, proxies, cancellationToken).ConfigureAwait(false);
        }

        return stored;
    }

    private async Task<EvaluatedArchitecture> ScoreAsync(
        Architecture architecture, IReadOnlyDictionary<ScoreKey, StoredScore>[] stored, CancellationToken cancellationToken)
    {
        var all = new Score[repeats.Length][];
        double seconds = 0;
        bool fromStore = true;
        for (int repeat = 0; repeat < repeats.Length; repeat++)
        {
            var scores = proxies.Select(proxy => stored[repeat].GetValueOrDefault(KeyOf(repeats[repeat], architecture, proxy))).ToArray();
            if (scores.Any(score => score is null))
            {
                fromStore = false;
                await FillAsync(architecture, repeats[repeat], scores, cancellationToken).ConfigureAwait(false);
            }

            all[repeat] = [.. scores.Select(score => score!.Score)];
            seconds += scores.Max(score => score!.Seconds);
        }

        ImmutableArray<Score> means = [.. Enumerable.Range(0, proxies.Length).Select(proxy => MeanScore.Of(all.Select(scores => scores[proxy])))];
        return new EvaluatedArchitecture(architecture, means, seconds, fromStore);
    }

    private async Task FillAsync(Architecture architecture, ScoreScope scope, StoredScore?[] scores, CancellationToken cancellationToken)
    {
        int[] missing = [.. Enumerable.Range(0, proxies.Length).Where(proxy => scores[proxy] is null)];
        var request = new EvaluationRequest(scope, architecture.Text, [.. missing.Select(proxy => proxies[proxy])]);
        EvaluationOutcome outcome = await evaluator.EvaluateAsync(request, cancellationToken).ConfigureAwait(false);
        for (int answer = 0; answer < missing.Length; answer++)
        {
            int proxy = missing[answer];
            scores[proxy] = new StoredScore(KeyOf(scope, architecture, proxies[proxy]), outcome.Scores[answer], outcome.Seconds);
        }

        // Once scored, it is kept, cancelled or not.
        await store.AddAsync([.. missing.Select(proxy => scores[proxy]!)], CancellationToken.None).ConfigureAwait(false);
    }

    private static ScoreKey KeyOf(ScoreScope scope, Architecture architecture, ProxyDescriptor proxy) =>
        new(scope, architecture.Text, proxy.Id, proxy.Settings);
}
