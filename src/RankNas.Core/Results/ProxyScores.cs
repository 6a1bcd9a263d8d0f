namespace RankNas.Results;

/// <summary>All scores of one proxy, counted.</summary>
internal sealed class ProxyScores
{
    // Of what is summed in another order: the ranks of such scores are chance.
    private const double RoundingError = 1e-12;

    private readonly double[] _finite;

    private ProxyScores(ProxyDescriptor proxy, Score[] scores, ImmutableArray<ProxyFailures> failures)
    {
        Proxy = proxy;
        Failures = failures;
        _finite = [.. scores.Where(score => score.Kind == ScoreKind.Finite).Select(score => score.Value)];
        double[] infinite = [.. scores.Where(score => score.Kind == ScoreKind.Infinite).Select(score => score.Value)];
        Infinite = infinite.Length;
        FirstInfinite = infinite.FirstOrDefault();
        Failed = scores.Length - _finite.Length - infinite.Length;
        Infinity = infinite.Distinct().Count() > 1 ? "an infinite score" : infinite is [< 0, ..] ? "−∞" : "+∞";
    }

    public ProxyDescriptor Proxy { get; }

    /// <summary>Gets how many scores are finite.</summary>
    public int Finite => _finite.Length;

    /// <summary>Gets how many scores are 0.</summary>
    public int Zeros => _finite.Count(score => score == 0);

    /// <summary>Gets how many scores are infinite.</summary>
    public int Infinite { get; }

    /// <summary>Gets the first infinite score.</summary>
    public double FirstInfinite { get; }

    /// <summary>Gets how many scores failed.</summary>
    public int Failed { get; }

    /// <summary>Gets the infinite scores in words.</summary>
    public string Infinity { get; }

    /// <summary>Gets the failures, each reason of a proxy that saw nothing apart.</summary>
    public ImmutableArray<ProxyFailures> Failures { get; }

    /// <summary>Gets the first finite score.</summary>
    public double Value => _finite[0];

    /// <summary>Gets whether any two architectures that could be scored have different ranks for a reason.</summary>
    public bool TellApart => (Finite > 0 && Infinite > 0) || (Finite > 1 && !IsRounding);

    /// <summary>Gets whether there are several finite scores, all the same, and no infinite ones.</summary>
    public bool AreEqual => Infinite == 0 && Finite > 1 && IsRounding;

    private bool IsRounding => _finite.Max() - _finite.Min() <= RoundingError * _finite.Max(Math.Abs);

    /// <summary>Counts a proxy's scores.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="evaluated">The architectures.</param>
    /// <param name="index">The proxy's place among their scores.</param>
    public static ProxyScores Of(ProxyDescriptor proxy, IReadOnlyList<ScoredArchitecture> evaluated, int index) =>
        new(proxy, [.. evaluated.Select(one => one.Scores[index])], ProxyFailures.Of(proxy, evaluated, index));
}
