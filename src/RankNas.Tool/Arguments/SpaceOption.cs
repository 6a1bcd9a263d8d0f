namespace RankNas.Tool.Arguments;

/// <summary>The search spaces by name.</summary>
internal static class SpaceOption
{
    public static Option<string> Create() => new ChoiceOption("--space", "The search space", null, NatsTopologySpace.Name, NatsSizeSpace.Name);

    public static ISearchSpace Resolve(string? name) => name is null
        ? throw new UsageException($"--space is missing: write --space {NatsTopologySpace.Name} or --space {NatsSizeSpace.Name}.")
        : BuiltIns.Spaces[name];
}
