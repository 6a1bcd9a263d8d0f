namespace RankNas.Tool.Arguments;

/// <summary>An option that takes one of a few words.</summary>
internal sealed class ChoiceOption : Option<string>, IExplainedOption
{
    public ChoiceOption(string name, string description, string? byDefault, params string[] words)
        : base(name)
    {
        Description = $"{description}.";
        HelpName = string.Join('|', words);
        Example = byDefault ?? words[0];
        Words = words;
        CompletionSources.Add(words);
        if (byDefault is not null)
        {
            DefaultValueFactory = _ => byDefault;
        }

        Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => !words.Contains(word, StringComparer.Ordinal)))
            {
                string meant = Suggestion.For(word, words) is { } near ? $" (did you mean {near}?)" : "";
                result.AddError($"{name} is '{word}'{meant}: write {name} {string.Join($" or {name} ", words)}.");
            }
        });
    }

    public string Example { get; }

    /// <summary>Gets the words that it takes.</summary>
    public IReadOnlyList<string> Words { get; }
}
