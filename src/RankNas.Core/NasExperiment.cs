using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.Random;

namespace RankNas;

/// <summary>A search, ready to run. It is immutable: every run starts anew and, given the same store or none, ends the same.</summary>
public sealed class NasExperiment
{
    private readonly SearchPlan _plan;
    private readonly ISearchStrategy _strategy;

    internal NasExperiment(SearchPlan plan, ISearchStrategy strategy)
    {
        _plan = plan;
        _strategy = strategy;
    }

    /// <summary>Searches.</summary>
    /// <param name="cancellationToken">
    /// Ends the search within the time of one architecture; the result is the best so far and says that it was cancelled.
    /// </param>
    /// <returns>The ranked architectures, with the scores and the history.</returns>
    /// <exception cref="InvalidDataException">The images cannot be read.</exception>
    /// <exception cref="ProxyNotApplicableException">A proxy needs something of networks that none of the space's has.</exception>
    /// <exception cref="NoAdmissibleArchitectureException">The constraints admit nothing, or too little to be found.</exception>
    /// <exception cref="ScoreStoreException">The store cannot be read or written; what it held is safe.</exception>
    public Task<SearchResult> RunAsync(CancellationToken cancellationToken = default) =>
        // Loading libtorch and opening a store take a while: not on the caller's thread.
        Task.Run(() => SearchAsync(cancellationToken), CancellationToken.None);

    private async Task<SearchResult> SearchAsync(CancellationToken cancellationToken)
    {
        SearchSession session = await SearchSession.OpenAsync(_plan, CancellationToken.None).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            SearchTelemetry telemetry = _plan.CreateTelemetry();
            var context = new SearchContext(_plan, session.Pipeline, telemetry, CreateRandom(), cancellationToken);
            using Activity? activity = telemetry.StartSearch(
                _strategy.Id, _plan.Budget, _plan.Setup.Seed, _plan.Setup.Images.Description);
            try
            {
                telemetry.Noticed(context.Images.Notices);
                IReadOnlyList<ScoredArchitecture> found = await FindAsync(context, cancellationToken).ConfigureAwait(false);
                if (context is { Evaluations: 0, Space: ConstrainedSearchSpace space } && !cancellationToken.IsCancellationRequested)
                {
                    throw space.NothingAdmitted();
                }

                var result = SearchResult.Of(_plan, _strategy, context, context.Rank(found), cancellationToken.IsCancellationRequested);
                telemetry.Noticed(result.Notices.Except(context.Images.Notices));
                telemetry.EndSearch(activity, result);
                return result;
            }
            catch (Exception exception)
            {
                telemetry.BreakSearch(activity, exception, context.Evaluations);
                throw;
            }
        }
    }

    private async Task<IReadOnlyList<ScoredArchitecture>> FindAsync(SearchContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await _strategy.SearchAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A strategy that threw instead of returning its set: everything scored is the set.
            return [.. context.History.Select(evaluated => evaluated.Scored)];
        }
    }

    private Random CreateRandom()
    {
        long seed = StableSeed.Derive(_plan.StrategySeed, "strategy", _strategy.Id, _plan.Budget.ToString(CultureInfo.InvariantCulture));
        return new Xoshiro256StarStar((int)(seed & int.MaxValue), threadSafe: false);
    }
}
