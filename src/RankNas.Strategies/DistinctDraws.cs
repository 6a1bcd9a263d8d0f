using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>Draws viable architectures without replacement.</summary>
internal sealed class DistinctDraws
{
    // Above this share of the space, drawing again and again costs more than shuffling all of it.
    private const int ShuffledFromShare = 4;
    private const long MostShuffled = 1 << 20;
    private const int MostRepeatsInARow = 100_000;
    private const int MostRepeatsBeforeShuffling = 1_000;

    private readonly ISearchSpace _space;
    private readonly Random _random;
    private readonly HashSet<Architecture> _seen = [];
    private readonly bool _canShuffle;
    private Queue<Architecture>? _shuffled;

    public DistinctDraws(ISearchSpace space, Random random, int expected)
    {
        _space = space;
        _random = random;
        _canShuffle = space.Count <= MostShuffled && space.HasIndex;
        if (_canShuffle && (long)expected * ShuffledFromShare > space.Count)
        {
            _shuffled = ShuffleUnseen();
        }
    }

    /// <summary>Draws as many as asked for, fewer where the space is used up.</summary>
    public IReadOnlyCollection<Architecture> Take(int count) => TakeWhere(count, _ => true);

    /// <summary>Draws as many as asked for that meet a condition, fewer where the space is used up.</summary>
    public IReadOnlyCollection<Architecture> TakeWhere(int count, Func<Architecture, bool> condition)
    {
        var taken = new List<Architecture>();
        while (taken.Count < count && Next() is { } architecture)
        {
            if (condition(architecture))
            {
                taken.Add(architecture);
            }
        }

        return taken;
    }

    private Architecture? Next()
    {
        int mostRepeats = _canShuffle ? MostRepeatsBeforeShuffling : MostRepeatsInARow;
        for (int attempt = 0; _shuffled is null && attempt < mostRepeats; attempt++)
        {
            Architecture drawn = _space.Sample(_random);
            if (_seen.Add(drawn))
            {
                return drawn;
            }
        }

        // Few are left unseen, if any: finding them by drawing would take long, and miss some.
        _shuffled ??= _canShuffle ? ShuffleUnseen() : [];
        return _shuffled.TryDequeue(out Architecture? next) ? next : null;
    }

    private Queue<Architecture> ShuffleUnseen()
    {
        Architecture[] unseen = [.. Enumerable.Range(0, (int)_space.Count).Select(index => _space.FromIndex(index))
            .Where(architecture => _space.IsViable(architecture) && !_seen.Contains(architecture))];
        _random.Shuffle(unseen);
        return new Queue<Architecture>(unseen);
    }
}
