using RankNas.Files;

namespace RankNas.Tool.Configuration;

/// <summary>How options are named in the file and in the environment, and which of them may be set there.</summary>
internal static class SettingNames
{
    public const string Prefix = "RANKNAS_";

    private const string Cluster = "--cluster";

    // The option loads code, and a folder that one was sent may have a file.
    private const string OfCode = "--space-assembly";

    // Those that stand in for others, which do not count then where they come from a place of less weight.
    private static readonly (string Name, string[] Others)[] StandIns =
    [
        ("--fast", ["--batch"]),
        ("--batch", ["--fast"]),
        ("--arch", ["--index"]),
        ("--index", ["--arch"]),
        ("--train-only-best", ["--candidates"]),
        ("--preset", ["--proxy", "--strategy", "--aggregator"]),
        ("--latency-model", ["--latency-table", "--latency-column"]),
        ("--latency-table", ["--latency-model"]),
    ];

    /// <summary>Gets the variables that are no options.</summary>
    public static IReadOnlyList<string> OtherVariables { get; } =
        [ConfigurationFile.Variable, "RANKNAS_CLUSTER", "RANKNAS_LIBTORCH", "RANKNAS_NO_NATIVE_PATCH", "RANKNAS_TRACE"];

    /// <summary>Gets the commands that have settings, with how they are written after <c>ranknas</c>.</summary>
    public static IEnumerable<(string Path, ToolCommand Command)> CommandsOf(Command root, string parent = "") => root.Subcommands.OfType<ToolCommand>()
        .Where(command => !command.Hidden)
        .SelectMany(command => CommandsOf(command, $"{parent}{command.Name} ").Prepend(($"{parent}{command.Name}", command)));

    /// <summary>Gets the options of a command that may be set.</summary>
    public static IEnumerable<Option> OptionsOf(ToolCommand command) => command.Groups.SelectMany(group => group.Options);

    /// <summary>Gets an option's key in the file.</summary>
    public static string KeyOf(Option option) => option.Name.TrimStart('-');

    /// <summary>Gets an option's variable in the environment; null for a cluster's address, whose variable does not ask for the cluster.</summary>
    public static string? VariableOf(Option option) => option.Name == Cluster ? null : Prefix + KeyOf(option).Replace('-', '_').ToUpperInvariant();

    /// <summary>Gets the variables of the environment that look like those of options, and are none: a misspelt one has no effect.</summary>
    public static string[] UnknownVariables(Command root, ToolEnvironment environment)
    {
        string[] named = [.. environment.Variables.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];

        // Most environments have none, and start without a walk through all options.
        return named.Length == 0 ? [] : [.. named.Except(KnownVariables(root)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Says of each such variable that it has no effect, and which may be meant.</summary>
    public static IEnumerable<string> NotesOfUnknownVariables(Command root, ToolEnvironment environment) => UnknownVariables(root, environment).Select(name =>
        $"Note: {ShownText.OneLine(name)} is no option's variable, and has no effect{(Suggestion.For(name, KnownVariables(root)) is { } near ? $": did you mean {near}?" : ".")}");

    /// <summary>Tells whether the file may set an option.</summary>
    public static bool IsForFiles(Option option) => option.Name != OfCode;

    /// <summary>Tells whether an option stands in for another.</summary>
    public static bool StandsInFor(Option option, Option other) =>
        StandIns.Any(pair => pair.Name == option.Name && pair.Others.Contains(other.Name));

    private static string[] KnownVariables(Command root) =>
        [.. CommandsOf(root).SelectMany(command => OptionsOf(command.Command)).Select(VariableOf).OfType<string>().Distinct(), .. OtherVariables];
}
