using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Aot.Probe;

/// <summary>Every space of the catalogue: drawing, notation, graphs, costs, the canonical form and JSON.</summary>
internal static class Spaces
{
    private static readonly NetworkShape Shape = new();

    public static void Print()
    {
        foreach (SpaceEntry entry in SpaceCatalog.Entries)
        {
            ISearchSpace space = SpaceCatalog.Create(entry.Name);
            Architecture architecture = space.Sample(new Random(1));
            Print(space, architecture);
            Print(space, space.Mutate(architecture, new Random(2)));
        }
    }

    private static void Print(ISearchSpace space, Architecture architecture)
    {
        Require(space.Parse(architecture.ToString()).Equals(architecture), $"{space.Id} reads what it writes");
        NetworkGraph graph = space.Describe(architecture, Shape);
        NetworkGraph copy = NetworkGraph.FromJson(graph.ToJson());
        Require(copy.ToJson() == graph.ToJson() && copy.CanonicalKey == graph.CanonicalKey, $"a graph of {space.Id} is the same after JSON");
        Console.WriteLine($"{space.Id} {space.Count} {architecture}: {graph.Costs} {graph.CanonicalKey}");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"It does not hold that {what}.");
        }
    }
}
