using BenchmarkDotNet.Attributes;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.PartBenchmarks;

/// <summary>Rank aggregation over a set of architectures: O(n log n).</summary>
[InProcess]
[MemoryDiagnoser]
public class RankingBenchmarks
{
    private ScoredArchitecture[] _rows = [];
    private ProxyDescriptor[] _proxies = [];

    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Architectures { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _proxies = [.. Enumerable.Range(0, 3).Select(proxy => new ProxyDescriptor($"proxy-{proxy}", "", ScoreDirection.HigherIsBetter))];
        _rows = [.. Enumerable.Range(0, Architectures).Select(index => new ScoredArchitecture(
            new Architecture($"{index}", []), [.. _proxies.Select(_ => Score.Of(random.NextDouble()))]))];
    }

    [Benchmark]
    public double RankSum() => new RankSum().Aggregate(new ScoreTable(_proxies, _rows))[0];
}
