using RankNas.Files;

namespace RankNas.Tool.Configuration;

/// <summary>A command line with what the environment and the file add to it. What is typed goes first, then the environment, then the file.</summary>
/// <param name="Arguments">What is typed, and what is added.</param>
/// <param name="Added">What is added.</param>
/// <param name="File">The file; null where there is none.</param>
internal sealed record EffectiveCommandLine(string[] Arguments, IReadOnlyList<Setting> Added, ConfigurationFile? File)
{
    private const string EndOfOptions = "--";

    /// <summary>Gets whether the command has options that the environment and the file may set.</summary>
    public bool TakesSettings { get; private init; } = true;

    /// <summary>Adds to a command line what it leaves out.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="parsed">The same, parsed; nothing is wrong with it.</param>
    /// <param name="file">The file that is named on the command line; null where none is.</param>
    /// <param name="environment">The environment.</param>
    /// <exception cref="UsageException">The file cannot be read, or sets what there is not.</exception>
    public static EffectiveCommandLine Of(string[] arguments, ParseResult parsed, string? file, ToolEnvironment environment)
    {
        if (parsed.CommandResult.Command is not ToolCommand { Hidden: false, Groups.Count: > 0 } command)
        {
            return new EffectiveCommandLine(arguments, [], null) { TakesSettings = false };
        }

        ConfigurationFile? configuration = ConfigurationFile.Find(file, environment, parsed.RootCommandResult.Command);
        Option[] options = [.. SettingNames.OptionsOf(command)];
        string path = ToolCommand.PathOf(parsed.CommandResult)["ranknas".Length..].Trim();
        List<Option> stronger = [.. options.Where(parsed.IsGiven)];
        List<Setting> added = [];
        foreach (Func<Option, Setting?> place in (Func<Option, Setting?>[])[option => InEnvironment(option, environment), option => configuration?.Find(path, option), option => configuration?.Find("", option)])
        {
            Setting[] found = [.. options.Where(option => !stronger.Contains(option) && !stronger.Any(other => SettingNames.StandsInFor(other, option)))
                .Select(place).OfType<Setting>()];
            added.AddRange(found);
            stronger.AddRange(found.Where(setting => !setting.IsOff).Select(setting => setting.Option));
            options = [.. options.Where(option => !found.Any(setting => setting.Option == option))];
        }

        int end = Array.IndexOf(arguments, EndOfOptions) is >= 0 and var dashes ? dashes : arguments.Length;
        return new EffectiveCommandLine(
            [.. arguments[..end], .. added.SelectMany(setting => (string[])[setting.Option.Name, .. setting.Values]), .. arguments[end..]], added, configuration);
    }

    /// <summary>Says of a message of an option where the option's value is from, if that is not the command line.</summary>
    public string Explain(string message) => Added.FirstOrDefault(setting =>
            message.StartsWith($"{setting.Option.Name} ", StringComparison.Ordinal) || message.StartsWith($"{setting.Option.Name}:", StringComparison.Ordinal)) is { } setting
        ? $"{setting.From}: {message}"
        : message;

    private static Setting? InEnvironment(Option option, ToolEnvironment environment) =>
        SettingNames.VariableOf(option) is { } name && environment.Variables.TryGetValue(name, out string? value) && value.Length > 0
            ? new Setting(option, ValuesOf(option, name, value), name)
            : null;

    private static string[] ValuesOf(Option option, string name, string value) => option switch
    {
        Option<bool> when value is "1" or "true" => ["true"],
        Option<bool> when value is "0" or "false" => ["false"],
        Option<bool> => throw new UsageException($"{name} is '{ShownText.OneLine(value)}': write {name}=1 or {name}=0."),
        { AllowMultipleArgumentsPerToken: true } => value.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        _ => [value],
    };
}
