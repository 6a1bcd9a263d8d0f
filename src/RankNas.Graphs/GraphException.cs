namespace RankNas.Graphs;

/// <summary>A graph is invalid: shapes do not match, a name is taken, or a text is not a graph. The message says in one line what to change.</summary>
public sealed class GraphException(string message, Exception? innerException = null) : Exception(OneLine(message), innerException)
{
    private const int LongestMessage = 1_000;

    // It repeats names, which may come from anywhere.
    private static string OneLine(string message) => string.Concat(message.Take(LongestMessage).Select(letter => char.IsControl(letter) ? ' ' : letter));
}
