using RankNas.Fuzz.Targets;

namespace RankNas.Fuzz;

/// <summary>Every reader of strangers' input.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. NatsBenchTargets.All,
        .. ImageTargets.All,
        .. TableTargets.All,
        .. JsonTargets.All,
        .. ClusterTargets.All,
        .. NotationTargets.All,
    ];

    public static FuzzTarget Find(string name) => All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}': write one of {string.Join(", ", All.Select(target => target.Name))}.", nameof(name));
}
