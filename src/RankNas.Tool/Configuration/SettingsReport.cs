using System.CommandLine.Parsing;

namespace RankNas.Tool.Configuration;

/// <summary>The settings that hold, and the file that they may be from.</summary>
internal sealed record SettingsReport(string? File, IReadOnlyList<SettingReport> Settings, IReadOnlyList<string> Unknown)
{
    private const string CommandLineItself = "command line";
    private const string ByDefault = "default";

    /// <summary>Lists what the environment and the file set.</summary>
    public static SettingsReport OfAll(Command root, string? named, ToolEnvironment environment)
    {
        ConfigurationFile? file = ConfigurationFile.Find(named, environment, root);
        Option[] options = [.. SettingNames.CommandsOf(root).SelectMany(command => SettingNames.OptionsOf(command.Command)).DistinctBy(option => option.Name)];
        IEnumerable<SettingReport> variables =
            from option in options
            let name = SettingNames.VariableOf(option)
            where name is not null && environment.Variables.GetValueOrDefault(name) is { Length: > 0 }
            select new SettingReport(option.Name, environment.Variables[name!], name!, null);
        IEnumerable<SettingReport> keys =
            from key in file?.Keys ?? []
            let set = file!.Find(key.Command, options.First(option => SettingNames.KeyOf(option) == key.Key))!
            select new SettingReport(set.Option.Name, string.Join(' ', set.Values), set.From, key.Command.Length == 0 ? null : key.Command);
        return new SettingsReport(
            file?.Path, [.. variables.Concat(keys).OrderBy(setting => setting.Option, StringComparer.Ordinal).ThenBy(setting => setting.For, StringComparer.Ordinal)], SettingNames.UnknownVariables(root, environment));
    }

    /// <summary>Lists every option of a command line.</summary>
    public static SettingsReport Of(Command root, string[] words, string? named, ToolEnvironment environment)
    {
        ParseResult typed = CommandLine.Parse(root, words);
        if (typed.CommandResult.Command is not ToolCommand { Hidden: false } command)
        {
            throw new UsageException("config shows the settings of a command: write its name, such as ranknas config search.");
        }

        EffectiveCommandLine effective = EffectiveCommandLine.Of(words, typed, named, environment);
        ParseResult parsed;
        try
        {
            parsed = CommandLine.Parse(root, effective.Arguments);
        }
        catch (UsageException exception)
        {
            throw new UsageException(effective.Explain(exception.Message));
        }

        return new SettingsReport(effective.File?.Path, [.. SettingNames.OptionsOf(command).Select(option => Of(option, typed, parsed, effective))], []);
    }

    public static void Write(TextWriter output, SettingsReport report, int? width)
    {
        output.WriteParagraph(report.File is { } file ? $"File: {file}" : $"File: none; {ConfigurationFile.DefaultName} in the working folder would be read.", width);
        if (report.Settings.Count > 0)
        {
            output.WriteLine();
            new TextTable(
                [new TextColumn("option", [.. report.Settings.Select(setting => setting.Option)], IsText: true)],
                [
                    new TextColumn("value", [.. report.Settings.Select(setting => Files.ShownText.OneLine(setting.Value ?? ""))], IsText: true),
                    new TextColumn("from", [.. report.Settings.Select(setting => setting.From)], IsText: true),
                    .. report.Settings.Any(setting => setting.For is not null)
                        ? (TextColumn[])[new TextColumn("for", [.. report.Settings.Select(setting => setting.For ?? "every command that has it")], IsText: true)]
                        : [],
                ]).Write(output, width);
        }

        foreach (string name in report.Unknown)
        {
            output.WriteParagraph($"! {name} is no option's variable.", width);
        }
    }

    private static SettingReport Of(Option option, ParseResult typed, ParseResult parsed, EffectiveCommandLine effective)
    {
        string from = typed.IsGiven(option) ? CommandLineItself
            : effective.Added.FirstOrDefault(setting => setting.Option == option) is { } setting ? setting.From
            : ByDefault;
        OptionResult? result = parsed.GetResult(option);
        string? value = from != ByDefault ? result!.Tokens.Count == 0 ? "true" : string.Join(' ', result.Tokens.Select(token => token.Value))
            : option is Option<bool> ? "false"
            : option.HasDefaultValue ? Convert.ToString(option.GetDefaultValue(), CultureInfo.InvariantCulture) : null;
        return new SettingReport(option.Name, value, from, null);
    }
}
