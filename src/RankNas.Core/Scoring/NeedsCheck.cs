using RankNas.Search;

namespace RankNas.Scoring;

/// <summary>Finds out, before anything is scored, whether a space's networks have what the proxies need.</summary>
internal static class NeedsCheck
{
    // Networks of one space may differ: only where so many lack the same, none will have it.
    private const int Networks = 8;

    // Most are described in a millisecond. A space that takes longer is told by the search itself what it lacks.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <summary>Describes a network of the space, and more where it lacks something; none where no proxy needs anything.</summary>
    /// <exception cref="ProxyNotApplicableException">None of them has what a proxy needs.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task CheckAsync(EvaluationSetup setup, CancellationToken cancellationToken)
    {
        Need[] needs = [.. setup.Proxies.Select((proxy, index) => new Need(setup.Descriptors[index].Id, ComponentError.Guard(
            () => $"The proxy '{setup.Descriptors[index].Id}' failed in {nameof(proxy.Needs)}", () => proxy.Needs, cancellationToken)))
            .Where(need => need.Needs != NetworkNeeds.None)];
        if (needs.Length == 0)
        {
            return;
        }

        try
        {
            await Task.Run(() => Check(setup, needs), CancellationToken.None).WaitAsync(MostTime, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A network that does not end is a failed score.
        }
    }

    /// <summary>Tells whether some of a space's networks have what a proxy needs.</summary>
    public static bool IsDefined(IZeroCostProxy proxy, ISearchSpace space, NetworkShape shape)
    {
        NetworkNeeds needs = proxy.Needs;
        var random = new Random(0);
        return needs == NetworkNeeds.None
            || (space.HasGraphs() && Enumerable.Range(0, Networks).Any(_ => GraphOf(space, shape, random) is { } graph && (needs & ~WhatHas(graph)) == 0));
    }

    private static void Check(EvaluationSetup setup, Need[] unmet)
    {
        if (!setup.Space.HasGraphs())
        {
            throw Refusal(setup.Space, unmet, isDescribed: false);
        }

        var random = new Random(0);
        for (int network = 0; network < Networks && unmet.Length > 0; network++)
        {
            if (GraphOf(setup.Space, setup.Images.Shape, random) is not { } graph)
            {
                // What cannot be drawn or described here is told by the search itself, architecture by architecture.
                return;
            }

            NetworkNeeds had = WhatHas(graph);
            unmet = [.. unmet.Where(need => (need.Needs & ~had) != 0)];
        }

        if (unmet.Length > 0)
        {
            throw Refusal(setup.Space, unmet, isDescribed: true);
        }
    }

    private static NetworkNeeds WhatHas(NetworkGraph graph) => NetworkNeeds.Graph
        | (graph.Blocks.Length > 1 ? NetworkNeeds.Blocks : 0)
        | (graph.Blocks.Any(block => !block.Edges.IsEmpty) ? NetworkNeeds.Cells : 0);

    // Whatever a space throws is a failed score later on.
    private static NetworkGraph? GraphOf(ISearchSpace space, NetworkShape shape, Random random) => ComponentError.Ask(() => space.Describe(space.Sample(random), shape), null);

    private static ProxyNotApplicableException Refusal(ISearchSpace space, Need[] unmet, bool isDescribed)
    {
        string needs = string.Join("; ", unmet.GroupBy(need => need.Needs).Select(same =>
            $"{string.Join(", ", same.Select(need => need.Proxy))} {(same.Count() == 1 ? "needs" : "need")} {InWords(same.Key)}"));
        string them = unmet.Length == 1 ? "it" : "them";
        string lack = isDescribed ? $"those of the space '{space.Id}' have none: mark them" : $"the space '{space.Id}' builds modules: write its Describe";
        return new ProxyNotApplicableException(
            $"{needs}, and {lack}, leave {them} out, or add others, such as noise-immunity, naswot and logsynflow");
    }

    private static string InWords(NetworkNeeds needs) =>
        needs.HasFlag(NetworkNeeds.Cells) ? "graphs with cells (edges by Edge(…) in a Block(…))"
        : needs.HasFlag(NetworkNeeds.Blocks) ? "graphs with blocks (two at least, by Block(…))"
        : "graphs";

    private sealed record Need(string Proxy, NetworkNeeds Needs);
}
