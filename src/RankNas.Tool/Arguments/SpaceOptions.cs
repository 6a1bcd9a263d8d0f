using System.Collections.Immutable;
using RankNas.Distributed;
using RankNas.Distributed.Working;
using RankNas.Graphs;

namespace RankNas.Tool.Arguments;

/// <summary>The space to search: a built-in one with its settings, or one of an assembly.</summary>
internal sealed class SpaceOptions
{
    private readonly Option<string> _space = new("--space")
    {
        Description = "The search space, with settings if you like, such as mobilenet(width=0.5,resolution=96); see ranknas spaces.",
        HelpName = string.Join('|', SpaceCatalog.Entries.Select(entry => entry.Name)),
    };

    private readonly PathOption _assembly = new(
        "--space-assembly", "An assembly with a space of your own, which --space names by its id. Its code runs with all rights of this process.", "MySpace.dll", PathUse.Input, "DLL");

    // A command asks several times, and an assembly is loaded once.
    private ISearchSpace? _resolved;

    public SpaceOptions() => _space.CompletionSources.Add([.. SpaceCatalog.Entries.Select(entry => entry.Name)]);

    public Option[] All => [_space, _assembly];

    /// <summary>Gets whether a space is named at all.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_space) is not null || parsed.GetValue(_assembly) is not null;

    public ISearchSpace Resolve(ParseResult parsed) => _resolved ??= Find(parsed);

    /// <summary>Gets a shape in the size of a space's images, where it has one.</summary>
    public static NetworkShape ShapeFor(ISearchSpace space, NetworkShape shape) =>
        space.ImageSize is { } size ? shape with { Height = size.Height, Width = size.Width } : shape;

    /// <summary>Adds what was given to a command line.</summary>
    public CommandLineText Describe(ParseResult parsed, CommandLineText line) => line
        .Add("--space", parsed.GetValue(_space))
        .Add("--space-assembly", parsed.GetValue(_assembly));

    private static string Names() => string.Join(", ", SpaceCatalog.Entries.Select(entry => entry.Name));

    private ISearchSpace Find(ParseResult parsed)
    {
        string? name = parsed.GetValue(_space);
        if (parsed.GetValue(_assembly) is { } assembly)
        {
            return FromAssembly(assembly, name);
        }

        try
        {
            return SpaceCatalog.Create(name ?? throw new UsageException($"--space is missing: write --space and one of {Names()}."));
        }
        catch (FormatException exception)
        {
            // Without the settings, which may be wrong where the name is not.
            string written = name!.Split('(')[0].Trim();
            string? near = Suggestion.For(written, SpaceCatalog.Entries.Select(entry => entry.Name));
            bool isMisspelt = near is not null && !near.Equals(written, StringComparison.OrdinalIgnoreCase);
            throw new UsageException($"--space: {exception.Message}{(isMisspelt ? $" Did you mean {near}?" : "")}");
        }
    }

    private static ISearchSpace FromAssembly(string path, string? name)
    {
        ImmutableArray<ISearchSpace> spaces;
        try
        {
            spaces = WorkerParts.FromAssembly(path).Spaces;
        }
        catch (ClusterException exception)
        {
            throw new UsageException($"--space-assembly: {exception.Message}");
        }

        string ids = string.Join(", ", spaces.Select(space => space.Id));
        return spaces switch
        {
            [] => throw new UsageException($"--space-assembly: '{path}' has no public space with a constructor without parameters."),
            [var only] when name is null => only,
            _ when name is null => throw new UsageException($"--space is missing: '{path}' has {ids}."),
            _ => spaces.FirstOrDefault(space => space.Id.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"--space is '{name}', and '{path}' has {ids}: write one of these."),
        };
    }
}
