using System.Collections.Immutable;
using MathNet.Numerics.Statistics;

namespace RankNas.Reproduction.TrainingBased;

/// <summary>A kernel density over genomes: for each gene, most of the weight on the point's own allele and the rest on all others.</summary>
/// <remarks>Aitchison and Aitken, <em>Multivariate binary discrimination by the kernel method</em>, Biometrika 1976; bandwidths by the
/// normal reference rule, at least 0.3, as BOHB has them.</remarks>
internal sealed class CategoricalDensity
{
    private const double LeastBandwidth = 0.3;
    private const double NormalReference = 1.06;

    private readonly ImmutableArray<int> _alleles;
    private readonly Architecture[] _points;
    private readonly double[] _bandwidths;

    public CategoricalDensity(ImmutableArray<int> alleles, Architecture[] points)
    {
        _alleles = alleles;
        _points = points;
        _bandwidths = [.. Enumerable.Range(0, alleles.Length).Select(BandwidthOf)];
    }

    public double Of(Architecture architecture) => _points.Average(point =>
    {
        double kernel = 1;
        for (int gene = 0; gene < _alleles.Length; gene++)
        {
            kernel *= point.Genes[gene] == architecture.Genes[gene] ? 1 - _bandwidths[gene] : _bandwidths[gene] / Math.Max(1, _alleles[gene] - 1);
        }

        return kernel;
    });

    public int[] Draw(Random random)
    {
        Architecture center = _points[random.Next(_points.Length)];
        return [.. _alleles.Select((count, gene) => random.NextDouble() < 1 - _bandwidths[gene] ? center.Genes[gene] : random.Next(count))];
    }

    private double BandwidthOf(int gene)
    {
        double deviation = _points.Select(point => (double)point.Genes[gene]).PopulationStandardDeviation();
        double reference = NormalReference * deviation * Math.Pow(_points.Length, -1.0 / (4 + _alleles.Length));

        // Beyond (c − 1)/c a point's own allele would be less likely than any other.
        return Math.Clamp(reference, LeastBandwidth, Math.Max(LeastBandwidth, 1 - (1.0 / _alleles[gene])));
    }
}
