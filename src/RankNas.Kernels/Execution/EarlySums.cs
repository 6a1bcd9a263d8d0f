namespace RankNas.Kernels.Execution;

/// <summary>Sums are brought forward where that leaves fewer values in memory at once.</summary>
/// <remarks>A sum stands where the graph has the node that it ends with. What is computed between its last term and that node does not need its terms, and would be held beside all of them.</remarks>
internal static class EarlySums
{
    /// <summary>Puts each sum that at least two values end with right after its last term. All other steps keep their order, and so do reports.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="count">How many values there are.</param>
    /// <returns>The same steps.</returns>
    public static IEnumerable<PlanStep> First(PlanStep[] steps, int count)
    {
        var reads = new ValueReads(steps, count);
        int[] made = new int[count];
        int[] places = new int[steps.Length];
        foreach ((int index, PlanStep step) in steps.Index())
        {
            places[index] = index;
            if (step is SumStep sum)
            {
                int ready = sum.Terms.Max(term => made[term.Value]);
                places[index] = sum.Terms.Select(term => term.Value).Distinct().Count(value => reads[value][^1] == index && !reads[value].Any(read => read > ready && read < index)) > 1
                    ? ready
                    : index;
            }

            if (step.Made is { } value)
            {
                made[value] = places[index];
            }
        }

        // The order is stable: what is brought forward comes after its last term.
        return steps.Index().OrderBy(step => places[step.Index]).ThenBy(step => step.Index).Select(step => step.Item);
    }
}
