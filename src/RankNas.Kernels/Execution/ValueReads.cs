namespace RankNas.Kernels.Execution;

/// <summary>Which steps read each value, in their order. What is left to its readers is read again with each of them.</summary>
internal sealed class ValueReads
{
    private readonly int[] _source;
    private readonly List<int>[] _reads;

    /// <summary>Looks through steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="count">How many values there are.</param>
    public ValueReads(PlanStep[] steps, int count)
    {
        _source = [.. Enumerable.Range(0, count)];
        _reads = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        foreach ((int index, PlanStep step) in steps.Index())
        {
            foreach (int value in step.Read)
            {
                Add(value, index);
            }

            if (step is { Made: { } made, LeftSource: { } left })
            {
                _source[made] = left;
            }
        }
    }

    /// <summary>Gets the places of the steps that read a value.</summary>
    public IReadOnlyList<int> this[int value] => _reads[value];

    /// <summary>Adds a reading after all others.</summary>
    public void Add(int value, int index)
    {
        for (_reads[value].Add(index); _source[value] != value; value = _source[value])
        {
            _reads[_source[value]].Add(index);
        }
    }
}
