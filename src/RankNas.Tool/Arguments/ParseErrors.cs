using System.CommandLine.Parsing;
using RankNas.Files;
using RankNas.Tool.Help;

namespace RankNas.Tool.Arguments;

/// <summary>What is wrong with a command line as it is written, in one line that says what to write instead.</summary>
internal static class ParseErrors
{
    private const string OptionStart = "--";

    /// <summary>Finds the first thing that is wrong; null where nothing is, or help or completions were asked for.</summary>
    public static string? Find(ParseResult parsed)
    {
        if (parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Directive) is { } directive)
        {
            return UnknownDirective(directive.Value.Trim('[', ']'));
        }

        return parsed.Action is HelpTextAction ? null : MissingValue(parsed.CommandResult) ?? UnknownWord(parsed) ?? UnfitValue(parsed) ?? Explain(parsed);
    }

    // Shells ask by it for completions of what is not yet whole, at a place in the line.
    private static string? UnknownDirective(string directive)
    {
        string[] parts = directive.Split(':', 2);
        return parts[0] == "suggest" && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? null
            : $"'[{directive}]' is no command of ranknas. See 'ranknas --help'.";
    }

    // An option takes the next word for its value, even where that is an option.
    private static string? MissingValue(CommandResult result) =>
        OptionsOf(result).FirstOrDefault(option => option.Tokens.Any(token => result.Command.Options.Any(known => known.Name == token.Value))) is { } option
            ? $"{option.Option.Name} has no value: write {InsteadOf(option.Option)}."
            : null;

    // An option that takes many values takes misspelt options too, and so does an argument.
    private static string? UnknownWord(ParseResult parsed)
    {
        CommandResult result = parsed.CommandResult;

        // After two dashes, words are what they are.
        bool areWords = parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash);
        string? word = parsed.UnmatchedTokens.Concat(result.Children.Where(child => child is OptionResult { Implicit: false } || (child is ArgumentResult && !areWords))
            .SelectMany(child => child.Tokens.Select(token => token.Value)).Where(value => value.StartsWith(OptionStart, StringComparison.Ordinal))).FirstOrDefault();
        if (word is null)
        {
            return null;
        }

        string path = ToolCommand.PathOf(result);
        bool isOption = word.StartsWith('-');
        IEnumerable<string> known = isOption
            ? result.Command.Options.Select(option => option.Name)
            : result.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name);
        string kind = isOption ? "option" : result.Command.Subcommands.Count > 0 ? "command" : "argument";
        string meant = Suggestion.For(word.Split('=')[0], known) is { } name ? $": did you mean {name}?" : ".";
        return $"'{word}' is no {kind} of {path}{meant} See '{path} --help'.";
    }

    private static string? UnfitValue(ParseResult parsed)
    {
        foreach (OptionResult result in OptionsOf(parsed.CommandResult))
        {
            foreach (Token token in result.Tokens)
            {
                string name = result.Option.Name;
                if (string.IsNullOrWhiteSpace(token.Value))
                {
                    return $"{name} is '{token.Value}', which is empty: write {InsteadOf(result.Option)}.";
                }

                if (token.Value.Any(char.IsControl))
                {
                    return $"{name} is '{ShownText.Of(token.Value, int.MaxValue)}', which has control characters: write {InsteadOf(result.Option)}.";
                }
            }
        }

        return null;
    }

    private static string? Explain(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        ParseError error = parsed.Errors[0];
        string command = ToolCommand.PathOf(parsed.CommandResult);
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name} has no value: write {InsteadOf(option.Option)}.",
            OptionResult { IdentifierTokenCount: > 1 } option => $"{option.Option.Name} is written more than once: write it once.",

            // Messages of our own options already say what to write.
            OptionResult { Option: IExplainedOption } => error.Message,
            _ => $"{error.Message} See '{command} --help'.",
        };
    }

    private static string InsteadOf(Option option) => option is IExplainedOption { Example: { } example }
        ? $"{option.Name} {example}"
        : $"{option.Name} {(option.HelpName ?? "TEXT").TrimEnd('…')}";

    private static IEnumerable<OptionResult> OptionsOf(CommandResult result) => result.Children.OfType<OptionResult>().Where(option => !option.Implicit);
}
