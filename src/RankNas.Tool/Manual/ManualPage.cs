using RankNas.Tool.Configuration;
using RankNas.Tool.Help;

namespace RankNas.Tool.Manual;

/// <summary>The manual page, in the language of man(7), made of the commands.</summary>
internal static class ManualPage
{
    private const int Width = 70;

    private static readonly (string Name, string Meaning)[] Variables =
    [
        ("RANKNAS_OPTION", "The value of an option, such as RANKNAS_MAX_PARAMETERS for --max-parameters, where the command line does not give it; several values are separated by blanks, and a switch is 1 or 0."),
        (ConfigurationFile.Variable, $"The file of settings, in place of {ConfigurationFile.DefaultName} in the working folder; set to nothing, no file is read."),
        ("RANKNAS_CLUSTER", "The address of a cluster's broker, for --cluster without one."),
        ("RANKNAS_LIBTORCH", "The folder of another libtorch, such as that of a PyTorch with CUDA."),
        ("RANKNAS_TRACE", "Set to 1, a failure shows its stack trace."),
        ("NO_COLOR", "Set to anything, progress has no colours."),
    ];

    public static void Write(TextWriter output, Command root)
    {
        output.NewLine = "\n";
        output.WriteLine(".TH RANKNAS 1 \"\" \"RankNas\" \"User Commands\"");
        Section(output, "NAME");
        output.WriteLine($@"ranknas \- {Escape(Lower(root.Description!.TrimEnd('.')))}");
        Section(output, "SYNOPSIS");
        output.WriteLine(".B ranknas");
        output.WriteLine(@"\fICOMMAND\fR [options]");
        Section(output, "COMMANDS");
        (string Path, ToolCommand Command)[] commands = [.. SettingNames.CommandsOf(root)];
        foreach ((string path, ToolCommand command) in commands)
        {
            Entry(output, path, command.Description!);
        }

        foreach ((string path, ToolCommand command) in commands)
        {
            Section(output, $"RANKNAS {path.ToUpperInvariant()}");
            Command(output, path, command);
        }

        Section(output, "OPTIONS OF EVERY COMMAND");
        foreach ((string name, string meaning) in HelpText.OptionsOfAll(root))
        {
            Entry(output, name, meaning);
        }

        Section(output, "EXIT STATUS");
        foreach ((string code, string meaning) in HelpText.ExitCodes)
        {
            Entry(output, code, meaning);
        }

        Section(output, "ENVIRONMENT");
        foreach ((string name, string meaning) in Variables)
        {
            Entry(output, name, meaning);
        }

        Section(output, "FILES");
        Entry(output, ConfigurationFile.DefaultName, "Values for options that neither the command line nor the environment gives: {\"batch\": 64, \"search\": {\"budget\": 500}}. 'ranknas config schema' writes its schema.");
    }

    private static void Command(TextWriter output, string path, ToolCommand command)
    {
        Text(output, command.Description!);
        output.WriteLine(".PP");
        output.WriteLine($@"\fBranknas {Escape(path)}\fR {Escape(command.Usage)}".TrimEnd());
        foreach ((string name, string description) in HelpText.ArgumentsOf(command))
        {
            Entry(output, name, description);
        }

        foreach ((string title, List<Option> options) in command.Groups)
        {
            output.WriteLine($".SS {Escape(title)}");
            foreach (Option option in options)
            {
                Entry(output, option.HelpName is { Length: > 0 } value ? $"{option.Name} {value}" : option.Name, HelpText.DescriptionOf(option));
            }
        }

        output.WriteLine(".SS Examples");
        output.WriteLine(".nf");
        foreach (string example in command.Examples)
        {
            output.WriteLine(Escape(example));
        }

        output.WriteLine(".fi");
    }

    private static void Section(TextWriter output, string title) => output.WriteLine($".SH {Escape(title)}");

    private static void Entry(TextWriter output, string name, string text)
    {
        output.WriteLine(".TP");
        output.WriteLine($@"\fB{Escape(name)}\fR");
        Text(output, text);
    }

    // Lines of a source are short; how they are filled is the reader's.
    private static void Text(TextWriter output, string text)
    {
        foreach (string line in TextLines.Wrap(text, Width))
        {
            output.WriteLine(Escape(line));
        }
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    // A line must not begin as a request, and hyphens and quotes have to be copied as they are.
    private static string Escape(string text)
    {
        string escaped = text.Replace(@"\", @"\e", StringComparison.Ordinal).Replace("-", @"\-", StringComparison.Ordinal).Replace("'", @"\(aq", StringComparison.Ordinal).Replace("\u00a0", @"\ ", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? $@"\&{escaped}" : escaped;
    }
}
