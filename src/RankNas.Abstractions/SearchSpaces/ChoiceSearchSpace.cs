using System.Globalization;
using RankNas.Files;

namespace RankNas.SearchSpaces;

/// <summary>A search space of named choices, written <c>depth=2,width=24</c>: the simplest base class for your own space.</summary>
/// <remarks>A derived class declares the choices and overrides <see cref="GenomeSearchSpace.Describe"/>.</remarks>
public abstract class ChoiceSearchSpace : GenomeSearchSpace
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Initializes the space.</summary>
    /// <param name="id">The name with every setting that changes the networks, such as <c>my-space(stages=3)</c>.</param>
    /// <param name="choices">The choices, with distinct names, at least one.</param>
    protected ChoiceSearchSpace(string id, params ImmutableArray<Choice> choices)
        : base(id, [.. choices.Select(choice => choice.Values.Length)])
    {
        Choices = choices;
        for (int position = 0; position < choices.Length; position++)
        {
            if (!_positions.TryAdd(choices[position].Name, position))
            {
                throw new ArgumentException($"There are two choices named '{choices[position].Name}': give each a name of its own.", nameof(choices));
            }
        }
    }

    /// <summary>Gets the choices, in the order of the genes.</summary>
    public ImmutableArray<Choice> Choices { get; }

    /// <summary>Gets the value that an architecture chose, as it is written.</summary>
    /// <param name="architecture">An architecture of this space.</param>
    /// <param name="choice">The choice's name.</param>
    /// <exception cref="ArgumentException">There is no such choice.</exception>
    public string ValueOf(Architecture architecture, string choice)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(choice);
        return _positions.TryGetValue(choice, out int position)
            ? Choices[position].Values[architecture.Genes[position]]
            : throw new ArgumentException($"{Id} has no choice '{choice}': it has {Names()}.", nameof(choice));
    }

    /// <summary>Gets the number that an architecture chose.</summary>
    /// <exception cref="FormatException">The values of the choice are words.</exception>
    /// <inheritdoc cref="ValueOf"/>
    public int NumberOf(Architecture architecture, string choice) => int.Parse(ValueOf(architecture, choice), CultureInfo.InvariantCulture);

    /// <summary>Reads <c>name=value,name=value</c>, with every choice once, in any order.</summary>
    /// <inheritdoc/>
    public override Architecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[] genes = [.. Choices.Select(_ => -1)];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || !_positions.TryGetValue(pair[0], out int position))
            {
                throw Malformed(text, $"'{ShownText.Of(part)}' sets none of {Names()}");
            }

            int gene = Choices[position].Values.IndexOf(pair[1]);
            genes[position] = gene >= 0 && genes[position] < 0
                ? gene
                : throw Malformed(text, gene < 0 ? $"{pair[0]} is one of {string.Join(", ", Choices[position].Values)}" : $"{pair[0]} is there twice");
        }

        int missing = genes.AsSpan().IndexOf(-1);
        return missing < 0 ? Create(genes) : throw Malformed(text, $"{Choices[missing].Name} is missing");
    }

    /// <inheritdoc/>
    protected override string Format(ReadOnlySpan<int> genes)
    {
        string[] pairs = new string[genes.Length];
        for (int position = 0; position < genes.Length; position++)
        {
            pairs[position] = $"{Choices[position].Name}={Choices[position].Values[genes[position]]}";
        }

        return string.Join(',', pairs);
    }

    private string Names() => string.Join(", ", Choices.Select(choice => choice.Name));

    private ArchitectureFormatException Malformed(string text, string reason) =>
        new($"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {Id}: {reason}. Write for example '{Create(new int[Choices.Length])}'.");
}
