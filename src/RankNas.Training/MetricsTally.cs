namespace RankNas.Training;

/// <summary>Counts right and wrong, batch by batch.</summary>
internal sealed class MetricsTally
{
    private const int Top = 5;
    private readonly ImmutableArray<string> _names;
    private readonly int[][] _confusion;
    private double _loss;
    private int _rightInFive;

    public MetricsTally(ImmutableArray<string> names)
    {
        _names = names;
        _confusion = [.. names.Select(_ => new int[names.Length])];
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="logits">The logits, <c>[N, classes]</c>.</param>
    /// <param name="labels">The classes, <c>[N]</c>.</param>
    public void Add(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        for (int image = 0; image < labels.Length; image++)
        {
            Add(logits.Slice(image * _names.Length, _names.Length), labels[image]);
        }
    }

    public ClassificationMetrics ToMetrics() => new(_names, _confusion, _rightInFive, _loss);

    // Of equal logits the first is predicted, as argmax has it.
    private void Add(ReadOnlySpan<float> logits, int label)
    {
        int predicted = 0, before = 0;
        for (int place = 0; place < logits.Length; place++)
        {
            predicted = logits[place] > logits[predicted] ? place : predicted;
            before += logits[place] > logits[label] || (logits[place] == logits[label] && place < label) ? 1 : 0;
        }

        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp(logit - logits[predicted]);
        }

        _confusion[label][predicted]++;
        _rightInFive += before < Top ? 1 : 0;
        _loss += Math.Log(sum) + logits[predicted] - logits[label];
    }
}
