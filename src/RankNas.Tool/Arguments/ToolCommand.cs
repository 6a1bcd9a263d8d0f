using System.CommandLine.Parsing;

namespace RankNas.Tool.Arguments;

/// <summary>A command with what its help shows: how it is written, examples, and its options in groups.</summary>
internal sealed class ToolCommand(string name, string description, string usage, params string[] examples) : Command(name, description)
{
    public const string ScoringGroup = "Space and proxies";
    public const string SearchGroup = "Search";
    public const string LimitsGroup = "Limits";
    public const string AccuracyGroup = "Accuracies";
    public const string ImagesGroup = "Images";
    public const string NetworkGroup = "Networks and machine";
    public const string ClusterGroup = "Cluster";
    public const string FilesGroup = "Files";
    public const string OutputGroup = "Output";
    public const string StrategyGroup = "Settings of a strategy";

    // What one needs first comes first; groups of a command's own come before all of these.
    private static readonly string[] Order =
        [ScoringGroup, SearchGroup, LimitsGroup, AccuracyGroup, ImagesGroup, NetworkGroup, ClusterGroup, FilesGroup, OutputGroup, StrategyGroup];

    private readonly List<(string Title, List<Option> Options)> _groups = [];

    public string Usage { get; } = usage;

    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Gets the groups in the order in which help shows them.</summary>
    public IReadOnlyList<(string Title, List<Option> Options)> Groups => [.. _groups.OrderBy(group => Array.IndexOf(Order, group.Title))];

    /// <summary>Gets the option by which the command goes on where it stopped; null where there is none.</summary>
    public string? ResumedBy => Options.Any(option => option.Name == "--resume") ? "--resume"
        : Options.Any(option => option.Name == "--store") && Options.Any(option => option.Name == "--batch") ? "--store"
        : null;

    /// <summary>Adds options to the group of a title, which is made where there is none.</summary>
    public ToolCommand AddGroup(string title, params IEnumerable<Option> options)
    {
        int index = _groups.FindIndex(group => group.Title == title);
        if (index < 0)
        {
            index = _groups.Count;
            _groups.Add((title, []));
        }

        foreach (Option option in options)
        {
            _groups[index].Options.Add(option);
            Options.Add(option);
        }

        return this;
    }

    /// <summary>Gets the command as it is written, such as <c>ranknas scores export</c>.</summary>
    public static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "ranknas";
}
