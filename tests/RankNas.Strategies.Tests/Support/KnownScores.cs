using System.Collections.Immutable;
using RankNas.Initialization;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Strategies.Tests.Support;

/// <summary>Scores by three made-up proxies, known beforehand.</summary>
internal static class KnownScores
{
    private const int MostPositions = 20;
    private const int MostAlleles = 8;
    private const double MostOfTheOthers = 0.9;

    public static ImmutableArray<ProxyDescriptor> Proxies { get; } =
    [
        new("width", "", ScoreDirection.HigherIsBetter),
        new("loss", "", ScoreDirection.LowerIsBetter),
        new("depth", "", ScoreDirection.HigherIsBetter),
    ];

    /// <summary>Sums of a worth of each gene, other for each proxy; <see cref="BestOf"/> is the best by all three.</summary>
    public static Func<Architecture, ImmutableArray<Score>> Separable(int seed = 1)
    {
        var random = new Random(seed);
        double[] drawn = [.. Enumerable.Range(0, Proxies.Length * MostPositions * MostAlleles).Select(_ => random.NextDouble() * MostOfTheOthers)];

        double Worth(int proxy, int position, int gene) => gene == BestGene(position)
            ? 1
            : drawn[(proxy * MostPositions + position) * MostAlleles + gene];

        double Sum(int proxy, Architecture architecture) =>
            architecture.Genes.Select((gene, position) => Worth(proxy, position, gene)).Sum();

        return architecture => [Score.Of(Sum(0, architecture)), Score.Of(-Sum(1, architecture)), Score.Of(Sum(2, architecture))];
    }

    /// <summary>The best architecture of a space by <see cref="Separable"/> scores.</summary>
    public static Architecture BestOf(GenomeSearchSpace space) =>
        space.Create([.. Enumerable.Range(0, space.Alleles.Length).Select(BestGene)]);

    /// <summary>Scores drawn by the architecture's text alone, no two alike.</summary>
    public static ImmutableArray<Score> Unrelated(Architecture architecture) =>
        [.. Enumerable.Range(0, Proxies.Length).Select(proxy => Score.Of(RandomOf(architecture, proxy).NextDouble()))];

    /// <summary>Scores with many ties, infinities and failures.</summary>
    public static ImmutableArray<Score> Mixed(Architecture architecture) =>
        [.. Enumerable.Range(0, Proxies.Length).Select(proxy => RandomOf(architecture, proxy).Next(6) switch
        {
            0 => Score.Failed("It would not."),
            1 => Score.Of(double.NegativeInfinity),
            2 => Score.Of(double.PositiveInfinity),
            int level => Score.Of(level),
        })];

    private static int BestGene(int position) => (position + 1) % 3;

    private static Random RandomOf(Architecture architecture, int proxy) =>
        new((int)(StableSeed.Derive(proxy, architecture.Text) & int.MaxValue));
}
