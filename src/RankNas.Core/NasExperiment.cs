using System.Diagnostics;
using System.Numerics;
using MathNet.Numerics.Random;
using RankNas.Constraints;
using RankNas.Diagnostics;
using RankNas.Files;
using RankNas.Initialization;
using RankNas.Results;
using RankNas.Scoring;
using RankNas.Search;
using RankNas.Strategies;

namespace RankNas;

/// <summary>A search, ready to run. It is immutable: every run starts anew and, with the same store or none, gives the same result.</summary>
public sealed class NasExperiment
{
    private readonly SearchPlan _plan;
    private readonly ISearchStrategy _strategy;
    private readonly StrategyDescriptor _described;

    internal NasExperiment(SearchPlan plan, ISearchStrategy strategy, StrategyDescriptor described)
    {
        _plan = plan;
        _strategy = strategy;
        _described = described;
    }

    /// <summary>Runs the search.</summary>
    /// <param name="cancellationToken">
    /// Ends the search within the time of one architecture, and at most about fifteen seconds: work that has not ended by then is abandoned. The result is
    /// the best so far, and is marked as cancelled unless the search had finished.
    /// </param>
    /// <returns>The ranked architectures, with the scores and the history.</returns>
    /// <exception cref="InvalidDataException">The images cannot be read.</exception>
    /// <exception cref="ProxyNotApplicableException">A proxy needs something that no network of the space has.</exception>
    /// <exception cref="NoAdmissibleArchitectureException">No architecture that the constraints admit was found.</exception>
    /// <exception cref="ScoreStoreException">The store cannot be read or written; stored scores are not affected.</exception>
    /// <exception cref="SearchComponentException">
    /// The space, a constraint, the strategy, the aggregator, the evaluator or the store failed or broke its contract; the message names it.
    /// </exception>
    public Task<SearchResult> RunAsync(CancellationToken cancellationToken = default) =>
        // Loading libtorch and opening a store take a while: not on the caller's thread.
        Task.Run(() => SearchInTimeAsync(cancellationToken), CancellationToken.None);

    /// <summary>Gets the networks of a result of this experiment.</summary>
    /// <exception cref="ArgumentException">The result is of another.</exception>
    internal ResultNetworks NetworksOf(SearchResult result)
    {
        EvaluationSetup setup = _plan.Setup;
        (string Name, string Own, string Other)[] needed =
        [
            ("space", _plan.Space.Id, result.Space),
            ("seed", $"{setup.Seed}", $"{result.Seed}"),
            ("precision", setup.Precision.ToId(), result.Precision.ToId()),
            ("images' shape", $"{setup.Images.Shape}", $"{result.Images.Shape}"),
            ("initializer", setup.Initializer.Id, result.Settings.FirstOrDefault(setting => setting.Name == SearchSettings.Initializer)?.Value ?? setup.Initializer.Id),
        ];
        return needed.FirstOrDefault(one => one.Own != one.Other) is { Name: not null } odd
            ? throw new ArgumentException(
                $"The result is of another experiment: its {odd.Name} is {ShownText.Of(odd.Other)}, and the experiment's is {ShownText.Of(odd.Own)}.", nameof(result))
            : new ResultNetworks(_plan);
    }

    private async Task<SearchResult> SearchInTimeAsync(CancellationToken cancellationToken)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_plan.TimeLimit is { } limit)
        {
            timed.CancelAfter(limit);
        }

        return await SearchAsync(() => cancellationToken.IsCancellationRequested ? SearchEnd.Cancelled : SearchEnd.TimeUsed, timed.Token).ConfigureAwait(false);
    }

    private async Task<SearchResult> SearchAsync(Func<SearchEnd> endWhenCutShort, CancellationToken cancellationToken)
    {
        SearchTelemetry telemetry = _plan.CreateTelemetry(_described.Id);
        SearchSession session;
        try
        {
            session = await SearchSession.OpenAsync(_plan, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return SearchResults.OfNothing(_plan, _described, endWhenCutShort());
        }

        return await Disposal.UsingAsync(session, open => SearchAsync(open, telemetry, endWhenCutShort, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<SearchResult> SearchAsync(SearchSession session, SearchTelemetry telemetry, Func<SearchEnd> endWhenCutShort, CancellationToken cancellationToken)
    {
        SearchContext context = new(_plan, session.Pipeline, telemetry, CreateRandom(), new NumericsTally(), cancellationToken);
        Activity? activity = telemetry.StartSearch(_plan.Budget, _plan.Setup.Seed, _plan.Setup.Images.Description);
        try
        {
            telemetry.Noticed(context.Images.Notices);
            IReadOnlyCollection<ScoredArchitecture> found = await FindAsync(context, cancellationToken).ConfigureAwait(false);

            // From here on the search is over, and its end decided.
            bool isCutShort = cancellationToken.IsCancellationRequested && context.Evaluations < BigInteger.Min(_plan.Budget, context.SpaceCount);
            if (context.Evaluations == 0 && !isCutShort)
            {
                throw (Exception?)_plan.Constrained?.NothingAdmitted()
                    ?? new SearchComponentException($"The strategy '{_described.Id}' ended without asking for the score of any architecture.");
            }

            Architecture? best = found.Count > 0 ? context.Rank(found)[0].Architecture : null;
            SearchResult result = SearchResults.Of(_plan, _described, context, best, isCutShort ? endWhenCutShort() : null);
            telemetry.Noticed(result.Notices.Except(context.Images.Notices));
            telemetry.EndSearch(activity, result);
            return result;
        }
        catch (Exception exception)
        {
            telemetry.BreakSearch(activity, exception, context.Evaluations);
            throw;
        }
        finally
        {
            await context.DisposeAsync().ConfigureAwait(false);
            telemetry.End(activity);
        }
    }

    private async Task<IReadOnlyCollection<ScoredArchitecture>> FindAsync(SearchContext context, CancellationToken cancellationToken)
    {
        try
        {
            // A strategy may work long before its first wait, or never come to one: it is waited for, once cancelled, no longer than for all else.
            Task<IReadOnlyList<ScoredArchitecture>> searching = Task.Run(() => AskStrategyAsync(context, cancellationToken), CancellationToken.None);
            IReadOnlyList<ScoredArchitecture> found =
                await Patience.WaitAsync(searching, 1.5 * _plan.Setup.Grace, cancellationToken).ConfigureAwait(false);
            return SetOf(context, found);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || context.IsIdle)
        {
            // A strategy that did not come back with its set: everything scored is the set.
            context.Close();
            return context.History;
        }
        catch (OperationCanceledException exception)
        {
            throw new SearchComponentException($"The strategy '{_described.Id}' cancelled itself: {ErrorText.FirstLineOf(exception)}", exception);
        }
    }

    private async Task<IReadOnlyList<ScoredArchitecture>> AskStrategyAsync(SearchContext context, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<ScoredArchitecture>>? searching = _strategy.SearchAsync(context, cancellationToken);
        return searching is null
            ? throw BreaksContract("SearchAsync returned null instead of a task")
            : await searching.ConfigureAwait(false) ?? throw BreaksContract("its set is null");
    }

    // What a strategy says of an architecture is taken from what the search has scored.
    private IReadOnlyList<ScoredArchitecture> SetOf(SearchContext context, IReadOnlyList<ScoredArchitecture> found)
    {
        if (found.Count == 0)
        {
            return context.History;
        }

        Dictionary<Architecture, ScoredArchitecture> scored = context.History.ToDictionary(candidate => candidate.Architecture);
        return [.. found.Select(candidate => candidate?.Architecture is not { } architecture
            ? throw BreaksContract("its set holds null")
            : scored.GetValueOrDefault(architecture)
                ?? throw BreaksContract($"its set holds {architecture}, which this search has not scored"))];
    }

    private SearchComponentException BreaksContract(string how) => new($"The strategy '{_described.Id}' broke its contract: {how}.");

    private Xoshiro256StarStar CreateRandom()
    {
        long seed = StableSeed.Derive(_plan.StrategySeed, "strategy", _described.Id, _plan.Budget.ToString(CultureInfo.InvariantCulture));
        return new Xoshiro256StarStar((int)(seed & int.MaxValue), threadSafe: false);
    }
}
