using System.Globalization;

namespace RankNas.SearchSpaces;

/// <summary>One decision of a <see cref="ChoiceSearchSpace"/>: its name, and the values to choose among.</summary>
public sealed class Choice
{
    private const string Reserved = "=,";

    /// <summary>Initializes a choice among numbers, such as <c>new Choice("kernel", 3, 5, 7)</c>.</summary>
    /// <param name="name">The name, without <c>=</c>, <c>,</c> and white space.</param>
    /// <param name="values">The values, all different, at least one.</param>
    public Choice(string name, params ReadOnlySpan<int> values)
        : this(name, InWords(values))
    {
    }

    /// <summary>Initializes a choice among words, such as <c>new Choice("pooling", "max", "average")</c>.</summary>
    /// <param name="name">The name, without <c>=</c>, <c>,</c> and white space.</param>
    /// <param name="values">The values, all different, at least one, of the same letters as the name.</param>
    public Choice(string name, params ReadOnlySpan<string> values)
    {
        Name = Checked(name, nameof(name));
        Values = [.. values];
        if (Values.IsEmpty || Values.Distinct(StringComparer.Ordinal).Count() < Values.Length)
        {
            throw new ArgumentException($"The choice '{name}' needs at least one value, and all of them different.", nameof(values));
        }

        foreach (string value in Values)
        {
            Checked(value, nameof(values));
        }
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the values, as they are written.</summary>
    public ImmutableArray<string> Values { get; }

    private static string Checked(string text, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, parameter);
        return text.Any(letter => Reserved.Contains(letter, StringComparison.Ordinal) || char.IsWhiteSpace(letter))
            ? throw new ArgumentException($"'{text}' has white space, '=' or ',' in it: write it without.", parameter)
            : text;
    }

    private static string[] InWords(ReadOnlySpan<int> values)
    {
        string[] words = new string[values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            words[index] = values[index].ToString(CultureInfo.InvariantCulture);
        }

        return words;
    }
}
