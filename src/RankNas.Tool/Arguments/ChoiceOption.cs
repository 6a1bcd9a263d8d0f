using System.CommandLine;

namespace RankNas.Tool.Arguments;

/// <summary>An option that takes one of a few words.</summary>
internal sealed class ChoiceOption : Option<string>, IExplainedOption
{
    public ChoiceOption(string name, string description, string? byDefault, params string[] words)
        : base(name)
    {
        Description = $"{description}: {string.Join(", ", words)}.";
        HelpName = string.Join('|', words);
        if (byDefault is not null)
        {
            DefaultValueFactory = _ => byDefault;
        }

        Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => !words.Contains(word, StringComparer.Ordinal)))
            {
                result.AddError($"{name} is '{word}': write {name} {string.Join($" or {name} ", words)}.");
            }
        });
    }
}
