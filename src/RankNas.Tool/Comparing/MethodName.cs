namespace RankNas.Tool.Comparing;

/// <summary>What a run is of, in parts of which only those are shown that tell methods apart.</summary>
/// <param name="Name">The strategy, or the name of a row.</param>
/// <param name="Details">The proxies, the aggregator, the budget and the images of a search, in this order; empty for a row.</param>
internal sealed record MethodName(string Name, params IReadOnlyList<string> Details)
{
    /// <summary>Gets all parts as one text.</summary>
    public string Key => string.Join('\n', [Name, .. Details]);

    /// <summary>Names methods shortly: by what differs among those with the same first part.</summary>
    public static Dictionary<string, string> Shorten(IEnumerable<MethodName> methods)
    {
        var names = new Dictionary<string, string>();
        foreach (IGrouping<string, MethodName> alike in methods.DistinctBy(method => method.Key).GroupBy(method => method.Name))
        {
            MethodName[] all = [.. alike];
            int[] differing = [.. Enumerable.Range(0, all.Max(method => method.Details.Count))
                .Where(part => all.Select(method => method.Details.ElementAtOrDefault(part)).Distinct().Count() > 1)];
            foreach (MethodName method in all)
            {
                string details = string.Join(", ", differing.Select(part => method.Details.ElementAtOrDefault(part)).Where(part => part is not null));
                names[method.Key] = details.Length == 0 ? method.Name : $"{method.Name} ({details})";
            }
        }

        return names;
    }
}
