namespace RankNas.SearchSpaces;

/// <summary>One architecture of a search space: its text in the space's notation, and its genes.</summary>
/// <remarks>Two architectures are equal if their texts are; a space has exactly one text for each architecture.</remarks>
public sealed class Architecture : IEquatable<Architecture>
{
    /// <summary>Initializes a new architecture. Only search spaces call this; other code parses, samples or breeds.</summary>
    /// <param name="text">The architecture in the space's notation.</param>
    /// <param name="genes">The choice made at each position, each from 0; empty for a space without a fixed-length genome.</param>
    public Architecture(string text, ImmutableArray<int> genes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
        Genes = genes.IsDefault ? [] : genes;
    }

    /// <summary>Gets the architecture in the space's notation, such as <c>8:16:24:32:64</c>.</summary>
    public string Text { get; }

    /// <summary>Gets the choice made at each position of the genome, each from 0.</summary>
    public ImmutableArray<int> Genes { get; }

    /// <inheritdoc/>
    public bool Equals(Architecture? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Architecture);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>Returns <see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
