namespace RankNas;

/// <summary>Draws viable architectures without replacement.</summary>
internal sealed class DistinctDraws
{
    // Above this share of the space, drawing again and again costs more than shuffling all of it.
    private const int ShuffledFromShare = 4;
    private const long MostShuffled = 1 << 20;
    private const int MostRepeatsInARow = 100_000;

    private readonly ISearchSpace _space;
    private readonly Random _random;
    private readonly HashSet<Architecture> _seen = [];
    private readonly Queue<Architecture>? _shuffled;

    public DistinctDraws(ISearchSpace space, Random random, int expected)
    {
        _space = space;
        _random = random;
        if (space.Count <= MostShuffled && (long)expected * ShuffledFromShare > space.Count)
        {
            Architecture[] all = [.. Enumerable.Range(0, (int)space.Count).Select(index => space.FromIndex(index)).Where(space.IsViable)];
            random.Shuffle(all);
            _shuffled = new Queue<Architecture>(all);
        }
    }

    /// <summary>Draws as many as asked for, fewer where the space is used up.</summary>
    public IReadOnlyCollection<Architecture> Take(int count)
    {
        var taken = new List<Architecture>();
        while (taken.Count < count && Next() is { } architecture)
        {
            taken.Add(architecture);
        }

        return taken;
    }

    private Architecture? Next()
    {
        if (_shuffled is not null)
        {
            return _shuffled.TryDequeue(out Architecture? next) ? next : null;
        }

        for (int attempt = 0; attempt < MostRepeatsInARow; attempt++)
        {
            Architecture drawn = _space.Sample(_random);
            if (_seen.Add(drawn))
            {
                return drawn;
            }
        }

        return null;
    }
}
