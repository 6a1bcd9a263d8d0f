using RankNas.Search;

namespace RankNas.Scoring;

/// <summary>Gets the scores of architectures: from the store where they are there, else from the evaluator, and then into the store.</summary>
internal sealed class EvaluationPipeline(
    IScoreStore store,
    IArchitectureEvaluator evaluator,
    WorkOrder order,
    ImmutableArray<ScoreScope> repeats,
    ImmutableArray<ProxyDescriptor> proxies,
    ScoreReuse reuse,
    TimeSpan grace)
{
    private const int MostParallel = 4096;

    /// <summary>Scores architectures, as many at once as the evaluator takes.</summary>
    /// <param name="architectures">Distinct architectures.</param>
    /// <param name="onScored">Called for each as it is done, from several threads.</param>
    /// <param name="tally">Counts the scores by other numerics.</param>
    /// <param name="cancellationToken">Lets what is under way end, for a while, and leaves out the rest.</param>
    public async Task RunAsync(
        IReadOnlyCollection<Architecture> architectures, Action<ScoredArchitecture> onScored, NumericsTally tally, CancellationToken cancellationToken)
    {
        try
        {
            StoredScores[] stored = await FindStoredAsync(architectures, cancellationToken).ConfigureAwait(false);
            int parallelism = Math.Clamp(
                ComponentError.Guard(() => $"{Name(evaluator)} failed in {nameof(evaluator.Parallelism)}", () => evaluator.Parallelism, cancellationToken),
                1, MostParallel);
            var options = new ParallelOptions
            {
                // One more than there are workers, so that the next one is at hand when a worker is done.
                MaxDegreeOfParallelism = parallelism + 1,
                CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(order.Of(architectures, parallelism), options, async (architecture, _) =>
                onScored(await ScoreAsync(architecture, stored, tally, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Cancelling is an end, not an error: what has been scored counts.
        }
    }

    private async Task<StoredScores[]> FindStoredAsync(
        IReadOnlyCollection<Architecture> architectures, CancellationToken cancellationToken)
    {
        string[] texts = [.. architectures.Select(architecture => architecture.Text)];
        var stored = new StoredScores[repeats.Length];
        for (int repeat = 0; repeat < repeats.Length; repeat++)
        {
            ScoreScope scope = repeats[repeat];
            IReadOnlyDictionary<ScoreKey, StoredScore> found = await ComponentError.GuardAsync(
                () => $"{Name(store)} failed to find scores",
                () => Patience.WaitAsync(store.FindAsync(scope, texts, proxies, cancellationToken).AsTask(), grace, cancellationToken),
                cancellationToken).ConfigureAwait(false)
                ?? throw BreaksContract(store, "FindAsync returned null");
            foreach ((ScoreKey key, StoredScore? score) in found)
            {
                ThrowIfOdd(key, score);
            }

            stored[repeat] = new StoredScores(found, scope, reuse);
        }

        return stored;
    }

    private async Task<ScoredArchitecture> ScoreAsync(
        Architecture architecture, StoredScores[] stored, NumericsTally tally, CancellationToken cancellationToken)
    {
        var all = new Score[repeats.Length][];
        double seconds = 0;
        bool fromStore = true;
        for (int repeat = 0; repeat < repeats.Length; repeat++)
        {
            StoredScore?[] scores = [.. proxies.Select(proxy => stored[repeat].Find(KeyOf(repeats[repeat], architecture, proxy), tally))];
            if (scores.Any(score => score is null))
            {
                fromStore = false;
                await FillAsync(architecture, repeats[repeat], scores, tally, cancellationToken).ConfigureAwait(false);
            }

            all[repeat] = [.. scores.Select(score => score!.Score)];
            seconds += scores.Max(score => score!.Seconds);
        }

        ImmutableArray<Score> means = [.. Enumerable.Range(0, proxies.Length).Select(proxy => MeanScore.Of(all.Select(scores => scores[proxy])))];
        return new ScoredArchitecture(architecture, means) { Proxies = proxies, Seconds = seconds, FromStore = fromStore };
    }

    private void ThrowIfOdd(ScoreKey key, StoredScore? score)
    {
        if (score?.Key != key)
        {
            throw BreaksContract(store, score is null
                ? $"it has null for {key.Proxy} of {key.Architecture}"
                : $"for {key.Proxy} of {key.Architecture} it has the score of {score.Key?.Proxy} of {score.Key?.Architecture}");
        }
    }

    private async Task FillAsync(Architecture architecture, ScoreScope scope, StoredScore?[] scores, NumericsTally tally, CancellationToken cancellationToken)
    {
        int[] missing = [.. Enumerable.Range(0, proxies.Length).Where(proxy => scores[proxy] is null)];
        var request = new EvaluationRequest(scope, architecture.Text, [.. missing.Select(proxy => proxies[proxy])]);
        EvaluationOutcome outcome = await AskEvaluatorAsync(request, cancellationToken).ConfigureAwait(false);
        ScoreScope answered = scope with { Numerics = outcome.Numerics ?? scope.Numerics };
        if (answered != scope)
        {
            tally.Note(architecture.Text, answered.Numerics, isTaken: true);
        }

        for (int answer = 0; answer < missing.Length; answer++)
        {
            int proxy = missing[answer];
            scores[proxy] = new StoredScore(KeyOf(answered, architecture, proxies[proxy]), outcome.Scores[answer], outcome.Seconds);
        }

        // What memory or time was wanting for is not the architecture's fault, and worth another try in another run.
        if (await KeepAsync([.. missing.Select(proxy => scores[proxy]!).Where(score => !score.Score.IsTransient)], cancellationToken).ConfigureAwait(false))
        {
            await ComponentError.GuardAsync(
                () => $"{Name(evaluator)} failed in {nameof(evaluator.KeptAsync)} of {request.Architecture}",
                async () =>
                {
                    await evaluator.KeptAsync(request, cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<EvaluationOutcome> AskEvaluatorAsync(EvaluationRequest request, CancellationToken cancellationToken)
    {
        // The engine's own evaluator fails by what it reads, and says so itself.
        EvaluationOutcome? outcome = evaluator is LocalEvaluator
            ? await Patience.WaitAsync(evaluator.EvaluateAsync(request, cancellationToken), 2 * grace, cancellationToken).ConfigureAwait(false)
            : await ComponentError.GuardAsync(
                () => $"{Name(evaluator)} failed on {request.Architecture}",
                () => Patience.WaitAsync(
                    evaluator.EvaluateAsync(request, cancellationToken) ?? Task.FromResult<EvaluationOutcome>(null!), grace, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            null => throw BreaksContract(evaluator, $"it answered null for {request.Architecture}"),
            { Scores.IsDefault: true } => throw BreaksContract(evaluator, $"it answered without scores for {request.Architecture}"),
            _ when outcome.Scores.Length != request.Proxies.Length => throw BreaksContract(
                evaluator, $"it answered {outcome.Scores.Length} scores for {request.Proxies.Length} proxies of {request.Architecture}"),
            _ when !double.IsFinite(outcome.Seconds) || outcome.Seconds < 0 => throw BreaksContract(
                evaluator, FormattableString.Invariant($"it says that {request.Architecture} took {outcome.Seconds} seconds")),
            _ => outcome,
        };
    }

    // Tells whether the store has them.
    private async Task<bool> KeepAsync(StoredScore[] scores, CancellationToken cancellationToken)
    {
        if (scores.Length == 0)
        {
            return true;
        }

        // Once scored, it is kept, cancelled or not; but nobody who has cancelled waits long for a store that is locked.
        using var late = new CancellationTokenSource();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => late.CancelAfter(grace / 4));
        try
        {
            await ComponentError.GuardAsync(
                () => $"{Name(store)} failed to keep scores",
                async () =>
                {
                    await Patience.WaitAsync(store.AddAsync(scores, late.Token).AsTask(), grace, cancellationToken).ConfigureAwait(false);
                    return true;
                },
                late.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The result has them; a search that resumes computes them again.
            return false;
        }
    }

    private static string Name(IScoreStore store) => $"The score store {(store as BorrowedScoreStore)?.Inner.GetType().Name ?? store.GetType().Name}";

    private static string Name(IArchitectureEvaluator evaluator) => $"The evaluator {evaluator.GetType().Name}";

    private static SearchComponentException BreaksContract(IScoreStore store, string how) => new($"{Name(store)} broke its contract: {how}.");

    private static SearchComponentException BreaksContract(IArchitectureEvaluator evaluator, string how) =>
        new($"{Name(evaluator)} broke its contract: {how}.");

    private static ScoreKey KeyOf(ScoreScope scope, Architecture architecture, ProxyDescriptor proxy) =>
        new(scope, architecture.Text, proxy.Id, proxy.Settings);
}
