using System.CommandLine.Parsing;

namespace RankNas.Tool.Help;

/// <summary>A command's help: what it does, how it is written, examples, and its options in groups.</summary>
internal sealed class HelpText(TextWriter output)
{
    private const int WidthOfFiles = 100;
    private const int Widest = 120;
    private const int Indent = 30;
    private const char NoBreak = '\u00a0';

    /// <summary>Gets the exit codes and what they mean.</summary>
    public static IReadOnlyList<(string Code, string Meaning)> ExitCodes { get; } =
    [
        ("0", "done"),
        ("1", "failed; one line says why"),
        ("2", "wrong arguments; one line says what to write instead"),
        ("130", "cancelled, after printing the best so far"),
    ];

    private readonly int _width = Math.Clamp(Consoles.WidthOf(output) ?? WidthOfFiles, Indent + 20, Widest);

    public void Write(ParseResult parsed)
    {
        CommandResult result = parsed.CommandResult;
        if (result.Command is ToolCommand command)
        {
            Write(command, ToolCommand.PathOf(result));
        }
        else
        {
            WriteRoot(result.Command);
        }
    }

    private void WriteRoot(Command root)
    {
        Paragraph(root.Description!);
        Section("Usage", "ranknas COMMAND [options]");
        Section("Examples", [.. root.Subcommands.OfType<ToolCommand>().Where(command => command.Examples.Count > 0).Take(4).Select(command => command.Examples[0])]);
        Title("Commands");
        foreach (Command command in root.Subcommands.Where(command => !command.Hidden))
        {
            Entry(command.Name, command.Description!);
        }

        Title("Options of every command");
        foreach ((string name, string meaning) in OptionsOfAll(root))
        {
            Entry(name, meaning);
        }

        Title("Exit codes");
        foreach ((string code, string meaning) in ExitCodes)
        {
            Entry(code, meaning);
        }
    }

    /// <summary>Gets the options that stand beside those of the commands.</summary>
    public static IEnumerable<(string Name, string Meaning)> OptionsOfAll(Command root) =>
    [
        ("--help, -h", "Shows this help; after a command, that command's."),
        ("--version", "Shows the version and the commit, without a command."),
        .. root.Options.Where(option => option.Recursive && option is not System.CommandLine.Help.HelpOption)
            .Select(option => (option.HelpName is { Length: > 0 } value ? $"{option.Name} {value}" : option.Name, option.Description!)),
    ];

    private void Write(ToolCommand command, string path)
    {
        Paragraph(command.Description!);
        Section("Usage", $"{path} {command.Usage}".TrimEnd());
        if (command.Examples.Count > 0)
        {
            Section("Examples", [.. command.Examples]);
        }

        if (ArgumentsOf(command) is { Count: > 0 } arguments)
        {
            Title("Arguments");
            foreach ((string name, string description) in arguments)
            {
                Entry(name, description);
            }
        }

        if (command.Subcommands.Count > 0)
        {
            Title("Commands");
            foreach (Command part in command.Subcommands)
            {
                Entry(part.Name, part.Description!);
            }
        }

        foreach ((string title, List<Option> options) in command.Groups)
        {
            Title(title);
            foreach (Option option in options)
            {
                Entry(option.HelpName is { Length: > 0 } value ? $"{option.Name} {value}" : option.Name, DescriptionOf(option));
            }
        }
    }

    /// <summary>Gets the words of a command that are no options, with what they are.</summary>
    public static IReadOnlyList<(string Name, string Description)> ArgumentsOf(Command command) =>
        [.. command.Arguments.Where(argument => argument.Description is { Length: > 0 }).Select(argument => (argument.Name, argument.Description!))];

    /// <summary>Describes an option, with its default.</summary>
    public static string DescriptionOf(Option option)
    {
        object? value = option.HasDefaultValue ? option.GetDefaultValue() : null;
        return value is null or bool ? option.Description! : string.Create(CultureInfo.InvariantCulture, $"{option.Description} [default:{NoBreak}{value}]");
    }

    private void Section(string title, params string[] lines)
    {
        Title(title);
        foreach (string line in lines)
        {
            // Whole, so that it can be copied.
            output.WriteLine($"  {line}");
        }
    }

    private void Title(string title)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
    }

    private void Paragraph(string text)
    {
        foreach (string line in TextLines.Wrap(text, _width))
        {
            output.WriteLine(line);
        }
    }

    private void Entry(string name, string description)
    {
        string[] lines = [.. TextLines.Wrap(description, _width - Indent)];
        bool isLong = name.Length + 4 > Indent;
        if (isLong)
        {
            output.WriteLine($"  {name}");
        }

        for (int line = 0; line < lines.Length; line++)
        {
            output.WriteLine((line == 0 && !isLong ? $"  {name}" : "").PadRight(Indent) + lines[line].Replace(NoBreak, ' '));
        }
    }
}
