namespace RankNas;

/// <summary>Drawings of NATS-Bench's architectures.</summary>
public static class DrawingExtensions
{
    /// <summary>Draws a cell: four nodes, and the operation on each edge; edges of <c>none</c> are dotted.</summary>
    /// <param name="space">The topology or the size space; the latter has one cell for all architectures.</param>
    /// <param name="architecture">An architecture of the space.</param>
    /// <exception cref="ArgumentException">There are no drawings of this space.</exception>
    public static Drawing DrawCell(this ISearchSpace space, Architecture architecture)
    {
        NetworkPlan plan = PlanOf(space, architecture);
        CellGraph cell = plan.Stages.First(stage => stage.Cell is not null).Cell!;
        return new Drawing(theme => CellDrawing.Draw(cell, theme));
    }

    /// <summary>Draws a whole network: the stem, every stage with its width and resolution, and the classifier.</summary>
    /// <param name="space">The topology or the size space.</param>
    /// <param name="architecture">An architecture of the space.</param>
    /// <param name="shape">The images and classes that the network is for; 32×32 in three colours and 10 classes where null.</param>
    /// <exception cref="ArgumentException">There are no drawings of this space.</exception>
    public static Drawing DrawNetwork(this ISearchSpace space, Architecture architecture, NetworkShape? shape = null)
    {
        NetworkPlan plan = PlanOf(space, architecture);
        return new Drawing(theme => NetworkDrawing.Draw(plan, shape ?? new NetworkShape(), theme));
    }

    /// <summary>Draws a candidate's cell.</summary>
    /// <param name="result">The result of the search.</param>
    /// <param name="candidate">The candidate, such as <c>result.Best</c>.</param>
    /// <exception cref="ArgumentException">There are no drawings of its space.</exception>
    /// <exception cref="InvalidOperationException">The result does not know its space: see <see cref="SearchResult.SearchSpace"/>.</exception>
    public static Drawing DrawCell(this SearchResult result, ScoredArchitecture candidate)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(candidate);
        return result.SearchSpace.DrawCell(candidate.Architecture);
    }

    /// <summary>Draws a candidate's whole network.</summary>
    /// <inheritdoc cref="DrawCell(SearchResult, ScoredArchitecture)"/>
    public static Drawing DrawNetwork(this SearchResult result, ScoredArchitecture candidate)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(candidate);
        return result.SearchSpace.DrawNetwork(candidate.Architecture, result.Images.Shape);
    }

    internal static bool CanBeDrawn(this ISearchSpace space) => space is NatsTopologySpace or NatsSizeSpace;

    private static NetworkPlan PlanOf(ISearchSpace space, Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(architecture);
        return space switch
        {
            NatsTopologySpace topology => topology.NetworkPlanOf(architecture),
            NatsSizeSpace => NatsSizeSpace.NetworkPlanOf(architecture),
            _ => throw new ArgumentException(
                $"There are no drawings of the space '{PictureText.Clean(space.Id)}', only of {NatsTopologySpace.Name} and {NatsSizeSpace.Name}: what its architectures mean is not known.", nameof(space)),
        };
    }
}
