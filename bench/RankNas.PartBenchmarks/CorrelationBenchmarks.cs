using BenchmarkDotNet.Attributes;
using RankNas.Correlation;

namespace RankNas.PartBenchmarks;

/// <summary>Rank correlation: O(n log n).</summary>
[InProcess]
public class CorrelationBenchmarks
{
    private double[] _x = [];
    private double[] _y = [];

    [Params(1_000, 15_284, 1_000_000)]
    public int Pairs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _x = [.. Enumerable.Range(0, Pairs).Select(_ => random.NextDouble())];
        _y = [.. _x.Select(value => value + random.NextDouble())];
    }

    [Benchmark]
    public double Kendall() => KendallTau.Of(_x, _y);

    [Benchmark]
    public double Spearman() => SpearmanRho.Of(_x, _y);
}
