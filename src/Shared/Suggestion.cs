namespace RankNas;

/// <summary>What someone meant who wrote something else.</summary>
internal static class Suggestion
{
    /// <summary>Finds the word nearest to one that is misspelt, upper and lower case alike; null where none is near, or several are.</summary>
    public static string? For(string written, IEnumerable<string> known)
    {
        (string Word, int Distance)[] near = [.. known.Select(word => (word, Distance(written.ToUpperInvariant(), word.ToUpperInvariant()))).OrderBy(pair => pair.Item2)];
        if (near is [{ } first, ..] && first.Distance <= Math.Max(1, Letters(written) / 3))
        {
            // Of two that are as near, neither is likelier.
            return near.Count(pair => pair.Distance == first.Distance) == 1 ? first.Word : null;
        }

        string[] longer = [.. near.Select(pair => pair.Word).Where(word => Letters(written) >= 2 && word.StartsWith(written, StringComparison.OrdinalIgnoreCase))];
        return longer is [{ } only] ? only : null;
    }

    private static int Letters(string word) => word.Count(letter => letter != '-');

    // Insertions, deletions, substitutions and swaps of neighbours, each counted as one.
    private static int Distance(string from, string to)
    {
        int[,] distance = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                distance[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1,
                        distance[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[from.Length, to.Length];
    }
}
