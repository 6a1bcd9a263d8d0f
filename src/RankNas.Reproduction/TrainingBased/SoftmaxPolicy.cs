using System.Collections.Immutable;

namespace RankNas.Reproduction.TrainingBased;

/// <summary>A distribution over genomes, one softmax for each gene, that learns by Adam.</summary>
internal sealed class SoftmaxPolicy
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double LeastDivisor = 1e-8;

    private readonly double _learningRate;
    private readonly double[][] _logits;
    private readonly double[][] _firstMoments;
    private readonly double[][] _secondMoments;
    private int _steps;

    public SoftmaxPolicy(ImmutableArray<int> alleles, double learningRate)
    {
        _learningRate = learningRate;
        _logits = [.. alleles.Select(count => new double[count])];
        _firstMoments = [.. alleles.Select(count => new double[count])];
        _secondMoments = [.. alleles.Select(count => new double[count])];
    }

    public double[] ProbabilitiesOf(int gene)
    {
        double largest = _logits[gene].Max();
        double[] powers = [.. _logits[gene].Select(logit => Math.Exp(logit - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    public int[] Draw(Random random) => [.. Enumerable.Range(0, _logits.Length).Select(gene => Draw(ProbabilitiesOf(gene), random))];

    /// <summary>Takes a step down the gradient of −advantage · ln p(genes).</summary>
    public void Reinforce(ImmutableArray<int> genes, double advantage)
    {
        _steps++;
        for (int gene = 0; gene < _logits.Length; gene++)
        {
            double[] probabilities = ProbabilitiesOf(gene);
            for (int allele = 0; allele < probabilities.Length; allele++)
            {
                double gradient = advantage * (probabilities[allele] - (allele == genes[gene] ? 1 : 0));
                _logits[gene][allele] -= _learningRate * AdamStep(gene, allele, gradient);
            }
        }
    }

    private double AdamStep(int gene, int allele, double gradient)
    {
        ref double first = ref _firstMoments[gene][allele];
        ref double second = ref _secondMoments[gene][allele];
        first = (FirstDecay * first) + ((1 - FirstDecay) * gradient);
        second = (SecondDecay * second) + ((1 - SecondDecay) * gradient * gradient);
        double unbiasedFirst = first / (1 - Math.Pow(FirstDecay, _steps));
        double unbiasedSecond = second / (1 - Math.Pow(SecondDecay, _steps));
        return unbiasedFirst / (Math.Sqrt(unbiasedSecond) + LeastDivisor);
    }

    private static int Draw(double[] probabilities, Random random)
    {
        double left = random.NextDouble();
        int allele = 0;
        while (allele < probabilities.Length - 1 && left >= probabilities[allele])
        {
            left -= probabilities[allele++];
        }

        return allele;
    }
}
