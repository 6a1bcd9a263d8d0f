namespace RankNas.Reproduction.TrainingBased;

/// <summary>A moving average that forgets exponentially, and is not drawn to 0 at first.</summary>
/// <param name="momentum">The weight of what was before.</param>
internal sealed class ExponentialAverage(double momentum)
{
    private double _sum;
    private double _weight;

    /// <summary>Takes a value in.</summary>
    /// <returns>The average, the value included.</returns>
    public double Update(double value)
    {
        _sum = (momentum * _sum) + ((1 - momentum) * value);
        _weight = (momentum * _weight) + (1 - momentum);
        return _sum / _weight;
    }
}
