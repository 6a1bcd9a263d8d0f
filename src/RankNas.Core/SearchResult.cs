using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using RankNas.Files;
using RankNas.Pareto;
using RankNas.Results;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>The result of a search: an immutable record, which can be compared, changed by <c>with</c>, written as JSON and read again.</summary>
/// <remarks>Two results are equal if all their data are. The result of a search can also build networks; one that was read from JSON needs
/// the experiment for this.</remarks>
public sealed record SearchResult
{
    internal const string RankObjective = "rank";

    private ScoredArchitecture[]? _ranked;
    private ScoredArchitecture[]? _front;

    /// <summary>Gets the search space's id.</summary>
    public required string Space { get; init; }

    /// <summary>Gets the descriptions of the search's constraints, for people.</summary>
    public ImmutableArray<string> Constraints { get; init => field = OrEmpty(value); } = [];

    /// <summary>Gets the strategy's id.</summary>
    public required string Strategy { get; init; }

    /// <summary>Gets the strategy's settings as one text; empty if it has none.</summary>
    public string StrategySettings { get; init; } = "";

    /// <summary>Gets the aggregator's id.</summary>
    public required string Aggregator { get; init; }

    /// <summary>Gets the experiment's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Gets the dtype that the networks ran in.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Gets how many distinct architectures could be scored.</summary>
    public required int Budget { get; init; }

    /// <summary>Gets why the search ended.</summary>
    public SearchEnd End { get; init; } = SearchEnd.Completed;

    /// <summary>Gets how long the search took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Gets the images that the scores were computed with.</summary>
    public required ImagesUsed Images { get; init; }

    /// <summary>Gets the proxies, in the order of every architecture's scores.</summary>
    public required ImmutableArray<ProxyDescriptor> Proxies { get; init => field = OrEmpty(value); }

    /// <summary>Gets the objectives beside the rank, in the order of every architecture's <see cref="ScoredArchitecture.Objectives"/>.</summary>
    public ImmutableArray<ObjectiveDescriptor> Objectives
    {
        get;
        init => (field, _front) = (OrEmpty(value), null);
    } = [];

    /// <summary>Gets every scored architecture, in the order of the strategy's requests.</summary>
    public required ImmutableArray<ScoredArchitecture> History
    {
        get;
        init => (field, _ranked, _front) = (OrEmpty(value), null, null);
    }

    /// <summary>Gets what makes this result less reliable, the most important first.</summary>
    public ImmutableArray<SearchNotice> Notices { get; init => field = OrEmpty(value); } = [];

    /// <summary>Gets every setting that the result depends on, by name; a search with the same settings gives the same result.</summary>
    public ImmutableArray<SearchSetting> Settings { get; init => field = OrEmpty(value); } = [];

    /// <summary>Gets how many distinct architectures were scored.</summary>
    [JsonIgnore]
    public int Evaluations => History.Length;

    /// <summary>Gets all scored architectures, best first: the strategy's choice, then the others by their total within the whole set.</summary>
    /// <remarks>Empty only if the search was cancelled before anything was scored.</remarks>
    [JsonIgnore]
    public ImmutableArray<ScoredArchitecture> Ranked =>
        ImmutableCollectionsMarshal.AsImmutableArray(_ranked ??= [.. History.OrderBy(scored => scored.Rank)]);

    /// <summary>Gets the strategy's choice.</summary>
    /// <remarks>It is the best of the set that the strategy returned; another architecture may have a smaller total within everything scored.</remarks>
    /// <exception cref="InvalidOperationException">The search was cancelled before anything was scored.</exception>
    [JsonIgnore]
    public ScoredArchitecture Best => Ranked.Length > 0
        ? Ranked[0]
        : throw new InvalidOperationException("Nothing was scored before the search was cancelled or its time was used up: there is no best architecture.");

    /// <summary>Gets the Pareto front: of everything scored, what no other architecture beats in one objective without being worse in another; best total first.</summary>
    /// <remarks>The first objective is the aggregator's total within everything scored; the others are <see cref="Objectives"/>. It does not depend on the strategy.</remarks>
    [JsonIgnore]
    public ImmutableArray<ScoredArchitecture> ParetoFront => ImmutableCollectionsMarshal.AsImmutableArray(
        _front ??= [.. ParetoSet.NonDominated([.. Ranked.Select(PointOf)]).Select(place => Ranked[place]).OrderBy(scored => scored.Total)]);

    /// <summary>Gets the knee of the Pareto front: the architecture for which a little more of one objective costs the most of another.</summary>
    /// <remarks>
    /// The smallest sum of objectives, each scaled to 0 for its best and 1 for its worst value on the front: the point furthest below the plane through the
    /// ends (Das, <em>On characterizing the "knee" of the Pareto curve</em>, Structural Optimization 1999).
    /// </remarks>
    /// <exception cref="InvalidOperationException">The search was cancelled before anything was scored.</exception>
    [JsonIgnore]
    public ScoredArchitecture KneePoint => ParetoFront.IsEmpty ? Best : ParetoFront[ParetoSet.KneeOf([.. ParetoFront.Select(PointOf)])];

    /// <summary>Gets whether the search was cancelled.</summary>
    [JsonIgnore]
    public bool IsCancelled => End == SearchEnd.Cancelled;

    /// <summary>Gets whether networks can be built, because the space is known, as in the result of a search.</summary>
    [JsonIgnore]
    public bool HasSearchSpace => Networks is not null;

    /// <summary>Gets the space, whose id is <see cref="Space"/>.</summary>
    /// <exception cref="InvalidOperationException">The result was read without its experiment: see <see cref="FromJson"/>.</exception>
    [JsonIgnore]
    public ISearchSpace SearchSpace => Known.Space;

    /// <summary>Gets the networks; null where the space is not known.</summary>
    internal ResultNetworks? Networks { get; init; }

    private ResultNetworks Known => Networks ?? throw new InvalidOperationException(
        $"This result does not know the space '{Space}' itself: read it by SearchResult.FromJson(json, experiment), with an experiment of that space.");

    /// <summary>Builds a network with the weights that were scored (of the first repeat).</summary>
    /// <param name="candidate">An architecture of this result, such as <see cref="Best"/>.</param>
    /// <returns>A module from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>, in the experiment's dtype and on its device.
    /// The caller disposes it.</returns>
    /// <inheritdoc cref="SearchSpace" path="/exception"/>
    public nn.Module<Tensor, Tensor> BuildNetwork(ScoredArchitecture candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return Known.Build(candidate.Architecture);
    }

    /// <summary>Gets a network's parameters and multiply-accumulates.</summary>
    /// <param name="candidate">An architecture of this result.</param>
    /// <exception cref="InvalidOperationException">The network cannot be built or run, or the space is not known: see <see cref="TryGetCost"/>.</exception>
    public NetworkCost CostOf(ScoredArchitecture candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        (NetworkCost cost, Exception? failure) = Known.CostOf(candidate.Architecture);
        return failure is null ? cost : throw new InvalidOperationException(
            $"{candidate.Architecture} has no cost, as its network cannot be built or run: {ErrorText.FirstLineOf(failure)}", failure);
    }

    /// <summary>Gets a network's parameters and multiply-accumulates, if the space is known and the network can be built and run.</summary>
    /// <param name="candidate">An architecture of this result.</param>
    /// <param name="cost">The cost.</param>
    /// <returns>Whether there is a cost: an architecture whose scores failed may have none.</returns>
    public bool TryGetCost(ScoredArchitecture candidate, out NetworkCost cost)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        (cost, Exception? failure) = Networks?.CostOf(candidate.Architecture) ?? default;
        return Networks is not null && failure is null;
    }

    /// <summary>Computes the hypervolume of the Pareto front: how much of the box up to a reference point is dominated by it.</summary>
    /// <remarks>Totals depend on all that a search scored, so volumes of different searches compare only by objectives without the rank: see <see cref="ParetoSet"/>.</remarks>
    /// <param name="reference">The worst value that counts of each objective: of the total first, then of <see cref="Objectives"/>, in their units.</param>
    /// <exception cref="ArgumentException">There is not a finite value for each objective.</exception>
    public double Hypervolume(params ReadOnlySpan<double> reference)
    {
        if (reference.Length != Objectives.Length + 1)
        {
            throw new ArgumentException(
                $"The reference has {reference.Length} values where there are {Objectives.Length + 1} objectives: {string.Join(", ", Objectives.Select(objective => objective.Id).Prepend(RankObjective))}.",
                nameof(reference));
        }

        double[] worst = [.. reference.ToArray().Select((value, axis) => axis == 0 ? value : Minimized(axis - 1, value))];
        return ParetoSet.Hypervolume([.. ParetoFront.Select(PointOf)], worst);
    }

    /// <summary>Ranks everything that was scored by another aggregator; its first is then <see cref="Best"/>.</summary>
    /// <param name="aggregator">The aggregator.</param>
    /// <exception cref="ArgumentException">An architecture has more or fewer scores than there are proxies.</exception>
    /// <exception cref="SearchComponentException">The aggregator failed, or returned NaN or too few totals.</exception>
    public SearchResult RankedBy(IRankAggregator aggregator)
    {
        ArgumentNullException.ThrowIfNull(aggregator);
        return this with
        {
            Aggregator = aggregator.Id,
            History = Ranker.RankInPlace(aggregator, Proxies, History, best: null),
            Settings = [.. Settings.Select(setting => setting.Name == SearchSettings.Aggregator ? setting with { Value = aggregator.Id } : setting)],
        };
    }

    /// <summary>Writes the result as JSON; all numbers round-trip.</summary>
    /// <exception cref="InvalidOperationException">The result is inconsistent, such as scores and proxies of different numbers.</exception>
    public string ToJson()
    {
        try
        {
            return ResultJson.Write(this);
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException($"The result cannot be written: {exception.Message}.", exception);
        }
    }

    /// <summary>Reads a result that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="experiment">The experiment of the result, needed to build networks; null if only the data is needed.</param>
    /// <exception cref="InvalidDataException">It is not a result, or was written by a newer RankNas; the message says where and why.</exception>
    /// <exception cref="ArgumentException">The experiment builds other networks: its space, seed, image shape, weights or dtype differ.</exception>
    public static SearchResult FromJson(string json, NasExperiment? experiment = null)
    {
        SearchResult result = ResultJson.Read(json);
        return experiment is null ? result : result with { Networks = experiment.NetworksOf(result) };
    }

    /// <summary>Tells whether the other has the same data.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(SearchResult? other) => ReferenceEquals(this, other) || (other is not null && Figures == other.Figures
        && Images == other.Images
        && Objectives.SequenceEqual(other.Objectives)
        && Constraints.SequenceEqual(other.Constraints) && Proxies.SequenceEqual(other.Proxies) && History.SequenceEqual(other.History)
        && Notices.SequenceEqual(other.Notices) && Settings.SequenceEqual(other.Settings));

    /// <summary>Hashes what tells results apart as a rule.</summary>
    public override int GetHashCode() => HashCode.Combine(Figures, Images, Evaluations, Ranked.FirstOrDefault());

    /// <summary>Returns a summary, such as <c>100 architectures of nats-sss, the best 64:64:64:64:64</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Evaluations:N0} architectures of {Space}{(Evaluations > 0 ? $", the best {Best.Architecture}" : "")}");

    private ImmutableArray<double> PointOf(ScoredArchitecture scored) =>
        [double.IsNaN(scored.Total) ? 0 : scored.Total, .. scored.Objectives.Select((value, index) => Minimized(index, value))];

    private double Minimized(int objective, double value) => Objectives[objective].Direction == ScoreDirection.HigherIsBetter ? -value : value;

    private (string, string, string, string, long, Precision, int, SearchEnd, TimeSpan) Figures =>
        (Space, Strategy, StrategySettings, Aggregator, Seed, Precision, Budget, End, Elapsed);

    private static ImmutableArray<T> OrEmpty<T>(ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
