using System.Collections.Immutable;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A ranked architecture of a result, with all that is known of it.</summary>
public sealed class SearchCandidate
{
    private readonly SearchPlan _plan;
    private readonly Lazy<(NetworkCost Value, Exception? Failure)> _cost;

    internal SearchCandidate(SearchPlan plan, RankedArchitecture ranked)
    {
        _plan = plan;
        Ranked = ranked;
        _cost = new Lazy<(NetworkCost, Exception?)>(Measure);
    }

    /// <summary>Gets the place in the result, from 1.</summary>
    public int Rank => Ranked.Rank;

    /// <summary>Gets what the aggregator made of the scores, for rank aggregation the rank sum; the smallest is best.</summary>
    public double Total => Ranked.Total;

    /// <summary>Gets the architecture.</summary>
    public Architecture Architecture => Ranked.Architecture;

    /// <summary>Gets the space that the architecture is of.</summary>
    public ISearchSpace Space => _plan.Setup.Space;

    /// <summary>Gets the images and classes that its network is for.</summary>
    public NetworkShape Shape => _plan.Setup.Images.Shape;

    /// <summary>Gets how the images were normalised that it was scored by; null where that is not known.</summary>
    public ImageNormalization? Normalization => _plan.Setup.Images.Normalization;

    /// <summary>Gets the score by each proxy, in the experiment's order.</summary>
    public ImmutableArray<Score> Scores => Ranked.Scores;

    /// <summary>Gets the rank by each proxy within the result, from 1; ties share the mean.</summary>
    public ImmutableArray<double> Ranks => Ranked.Ranks;

    /// <summary>Gets the parameters and multiply-accumulates.</summary>
    /// <exception cref="InvalidOperationException">The network cannot be built or run: see <see cref="TryGetCost"/>.</exception>
    public NetworkCost Cost => TryGetCost(out NetworkCost cost) ? cost : throw new InvalidOperationException(
        $"{Architecture} has no cost, as its network cannot be built or run: {_cost.Value.Failure!.Message.Split('\n', 2)[0].Trim()}", _cost.Value.Failure);

    /// <summary>Gets the place within the set as the engine ranked it.</summary>
    public RankedArchitecture Ranked { get; }

    /// <summary>Gets the parameters and multiply-accumulates, where the network can be built and run.</summary>
    /// <param name="cost">The cost.</param>
    /// <returns>Whether there is one: a candidate whose scores failed may have none.</returns>
    public bool TryGetCost(out NetworkCost cost)
    {
        (cost, Exception? failure) = _cost.Value;
        return failure is null;
    }

    /// <summary>Gets the score by a proxy.</summary>
    /// <param name="proxy">The proxy's id, such as <c>naswot</c>.</param>
    /// <exception cref="ArgumentException">The experiment has no such proxy.</exception>
    public Score ScoreBy(string proxy) => Scores[_plan.IndexOf(proxy)];

    /// <summary>Gets the rank by a proxy.</summary>
    /// <inheritdoc cref="ScoreBy"/>
    public double RankBy(string proxy) => Ranks[_plan.IndexOf(proxy)];

    /// <summary>Builds the network again, with the very weights that were scored (of the first repeat).</summary>
    /// <returns>A module from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>, in the experiment's precision and on its device.
    /// The caller disposes it.</returns>
    public nn.Module<Tensor, Tensor> BuildNetwork() => new NetworkFactory(_plan.Setup).Build(Architecture, repeat: 0);

    /// <summary>Returns the rank and the architecture.</summary>
    public override string ToString() => $"{Rank}. {Architecture}";

    private (NetworkCost Value, Exception? Failure) Measure()
    {
        try
        {
            return (_plan.Space.CostOf(Architecture, Shape), null);
        }
#pragma warning disable CA1031 // It is thrown again by whoever cannot do without a cost.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (default, exception);
        }
    }
}
