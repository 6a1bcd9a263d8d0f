using RankNas.Proxies;
using RankNas.Ranking;

namespace RankNas;

/// <summary>Presets of proxies, aggregator and strategy. Space, images and budget are set separately.</summary>
public static class PresetBuilderExtensions
{
    /// <summary>The paper's SA-rank: noise immunity, NASWOT and LogSynFlow by their rank sum, searched by simulated annealing.</summary>
    /// <param name="builder">The builder; it has no proxy yet.</param>
    /// <param name="form">The form of noise immunity; by default that of the authors' program, as in the paper's tables.</param>
    public static NasBuilder UsePaper(this NasBuilder builder, NoiseImmunityForm form = NoiseImmunityForm.Complexity)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddNoiseImmunity(form).AddNaswot().AddLogSynFlow().UseAggregator(new RankSum()).UseSimulatedAnnealing();
    }

    /// <summary>NASWOT and LogSynFlow, and skip-path depth where networks have cells, by their rank sum, found by Bayesian optimisation; architectures that build
    /// the same network are scored once. It serves any space, takes no gradients, and is meant for 100 evaluations and more.</summary>
    /// <remarks>NASWOT and LogSynFlow have the best first ten in the mean of five spaces; other combinations correlate better over a whole space: docs/results.md.
    /// In a space whose networks all have the same skip connections, such as the size space, skip-path depth adds nothing.</remarks>
    /// <param name="builder">The builder; it has no proxy yet.</param>
    public static NasBuilder UseRecommended(this NasBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddNaswot().AddLogSynFlow().AddProxyWhereDefined(new SkipDepth()).UseAggregator(new RankSum()).UseBayesianSearch().TreatEqualGraphsAsOne();
    }

    /// <summary>AZ-NAS: expressivity, progressivity, trainability and multiply-accumulates by the sum of the logarithms of their ranks, searched by
    /// aging evolution. It needs a space whose graphs have blocks, marked by <c>Block(…)</c>; a search of any other space is refused.</summary>
    /// <remarks>Lee and Ham, <em>AZ-NAS: Assembling Zero-Cost Proxies for Network Architecture Search</em>, CVPR 2024.</remarks>
    /// <param name="builder">The builder; it has no proxy yet.</param>
    public static NasBuilder UseAzNas(this NasBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddExpressivity().AddProgressivity().AddTrainability().AddMacCount().UseAggregator(new LogRankSum()).UseAgingEvolution();
    }
}
