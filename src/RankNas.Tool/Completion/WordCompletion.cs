using System.CommandLine.Completions;
using RankNas.Tool.Configuration;

namespace RankNas.Tool.Completion;

/// <summary>What may follow the words of a command line: commands, options, or an option's values.</summary>
internal static class WordCompletion
{
    /// <summary>The line by which a shell is asked to complete files by itself.</summary>
    public const string Files = ":files";

    private const int LongestDescription = 60;

    /// <summary>Lists what the last word may become, each with a tab and a description where there is one.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="words">The words up to the cursor, without the tool's name; the last is the one to complete, and may be empty.</param>
    public static IEnumerable<string> Of(Command root, IReadOnlyList<string> words)
    {
        // Bash makes words of the equals signs between options and values.
        string[] all = [.. words.Where(word => word != "=")];
        string current = words is [.., "="] or [] ? "" : all[^1];
        string[] before = words is [.., "="] ? all : all[..Math.Max(0, all.Length - 1)];
        Command command = root;
        int start = 0;
        while (start < before.Length && command.Subcommands.FirstOrDefault(one => one.Name == before[start]) is { } part)
        {
            command = part;
            start++;
        }

        Option[] options = [.. (command is ToolCommand tool ? SettingNames.OptionsOf(tool) : []), .. root.Options.Where(option => option.Recursive || command == root)];
        if (current.Split('=', 2) is [{ } name, { } value] && Find(name) is { } assigned)
        {
            return ValuesOf(assigned, value).Select(line => line == Files ? line : $"{name}={line}");
        }

        int last = Array.FindLastIndex(before, word => word.StartsWith("--", StringComparison.Ordinal));
        if (last >= start && Find(before[last]) is { } open && open is not Option<bool> && open.Arity.MaximumNumberOfValues > 0)
        {
            int given = before.Length - last - 1;
            if (given == 0 || (open.AllowMultipleArgumentsPerToken && !current.StartsWith('-')))
            {
                return ValuesOf(open, current);
            }
        }

        if (command.Arguments.Count == 0 && start < before.Length && !before[start].StartsWith('-') && command.Subcommands.Count > 0)
        {
            // There is no such command.
            return [];
        }

        IEnumerable<string> names = options.Where(option => !before.Contains(option.Name) || option.AllowMultipleArgumentsPerToken)
            .Where(option => option.Name.StartsWith(current, StringComparison.Ordinal)).Select(option => Line(option.Name, option.Description));
        if (current.StartsWith('-'))
        {
            return names;
        }

        string[] parts =
        [
            .. command.Subcommands.Where(part => !part.Hidden && part.Name.StartsWith(current, StringComparison.Ordinal)).Select(part => Line(part.Name, part.Description)),
            .. command.Arguments.SelectMany(argument => Known(argument.GetCompletions(CompletionContext.Empty), current)),
            .. command.Arguments.Any(argument => argument.CompletionSources.Count == 0) ? (string[])[Files] : [],
        ];
        return parts.Length > 0 || current.Length > 0 ? parts : names;

        Option? Find(string name) => options.FirstOrDefault(option => option.Name == name);
    }

    private static IEnumerable<string> ValuesOf(Option option, string current)
    {
        string[] known = [.. Known(option.GetCompletions(CompletionContext.Empty), current)];
        return known.Length == 0 && option is IPathOption or { Name: "--config" } ? [Files] : known;
    }

    private static IEnumerable<string> Known(IEnumerable<CompletionItem> items, string current) =>
        items.Select(item => item.Label).Where(label => label.StartsWith(current, StringComparison.Ordinal)).Distinct();

    private static string Line(string name, string? description)
    {
        // The first sentence, or what of it fits beside a name.
        string text = (description ?? "").Split(". ")[0].Split("; ")[0].TrimEnd('.');
        return text.Length == 0 ? name : $"{name}\t{(text.Length <= LongestDescription ? text : $"{text[..(LongestDescription - 1)]}…")}";
    }
}
