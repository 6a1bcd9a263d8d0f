namespace RankNas.Scoring;

/// <summary>
/// The order in which architectures are scored: as they come, and the last few the longest first, so that at the end no worker waits long
/// for another.
/// </summary>
/// <param name="space">The space, whose costs are asked for where they are known without building anything.</param>
/// <param name="shape">The images and classes that networks are for.</param>
internal sealed class WorkOrder(ISearchSpace space, NetworkShape shape)
{
    private const int LastOfEachWorker = 8;

    public IEnumerable<Architecture> Of(IReadOnlyCollection<Architecture> architectures, int workers)
    {
        int first = Math.Max(0, architectures.Count - (LastOfEachWorker * workers));
        try
        {
            return workers > 1 && space.HasGraphs()
                ? [.. architectures.Take(first), .. architectures.Skip(first).OrderByDescending(MacsOf)]
                : architectures;
        }
#pragma warning disable CA1031 // The order makes no score: where costs cannot be had, any order will do.
        catch (Exception)
#pragma warning restore CA1031
        {
            return architectures;
        }
    }

    private long MacsOf(Architecture architecture) => space.CostOf(architecture, shape).Macs;
}
