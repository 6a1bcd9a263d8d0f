namespace RankNas.Tool.Arguments;

/// <summary>The search spaces by name.</summary>
internal static class SpaceOption
{
    public static Option<string> Create() => new ChoiceOption("--space", "The search space", null, NatsTopologySpace.Name, NatsSizeSpace.Name, NasBenchMacroSpace.Name);

    public static ISearchSpace Resolve(string? name) => name is null
        ? throw new UsageException($"--space is missing: write --space {NatsTopologySpace.Name}, --space {NatsSizeSpace.Name} or --space {NasBenchMacroSpace.Name}.")
        : BuiltIns.Spaces[name];
}
