using RankNas.NatsBench.Pickle;

namespace RankNas.NatsBench.Files;

/// <summary>NATS-Bench's numbers of a space's architectures, which in the topology space are in an order of their own.</summary>
internal sealed class NatsBenchIndex
{
    // By this library's number of an architecture: a few bytes each, where the texts would take megabytes.
    private readonly int[] _numbers;
    private readonly int[] _indices;

    private NatsBenchIndex(int[] numbers)
    {
        _numbers = numbers;
        _indices = new int[numbers.Length];
        for (int index = 0; index < numbers.Length; index++)
        {
            _indices[numbers[index]] = index;
        }
    }

    /// <summary>Reads the list in <c>meta.pickle.pbz2</c>, which must have each architecture of the space once.</summary>
    public static NatsBenchIndex Read(string path, ISearchSpace space)
    {
        NatsBenchNode architectures = new NatsBenchNode(path, "", PickleFile.Read(path))["meta_archs"];
        if (architectures.List.Count != space.Count)
        {
            throw OfAnotherSpace(
                path, space, FormattableString.Invariant($"it lists {architectures.List.Count} architectures where {space.Count} are"));
        }

        int[] numbers = new int[architectures.List.Count];
        Array.Fill(numbers, -1);
        for (int number = 0; number < numbers.Length; number++)
        {
            string text = architectures.At(number).AsText;
            try
            {
                ref int found = ref numbers[space.IndexOf(space.Parse(text))];
                found = found < 0 ? number : throw architectures.Malformed($"has '{ShownText.Of(text, ShownText.LineLength)}' twice");
            }
            catch (ArchitectureFormatException exception)
            {
                throw OfAnotherSpace(path, space, exception.Message, exception);
            }
        }

        return new NatsBenchIndex(numbers);
    }

    public int NumberOf(long index) => _numbers[index];

    /// <summary>Gets the index in the space of a number; null where there is no such number.</summary>
    public int? IndexOf(long number) => number >= 0 && number < _indices.Length ? _indices[number] : null;

    private static InvalidDataException OfAnotherSpace(string path, ISearchSpace space, string reason, Exception? inner = null) => new(
        $"'{path}' is no list of the architectures of {space.Id}: {reason}. "
        + "The topology space's folder is named NATS-tss-…-simple, the size space's NATS-sss-…-simple.",
        inner);
}
