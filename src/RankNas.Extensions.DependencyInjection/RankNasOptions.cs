using RankNas.SearchSpaces;

namespace RankNas.Extensions.DependencyInjection;

/// <summary>The settings of a search in configuration: all of them, if the search uses built-in components only.</summary>
/// <remarks>They are checked when the host starts. Unknown settings are errors too, if the options are bound by
/// <see cref="RankNasOptionsBuilderExtensions.BindConfiguration"/> or <see cref="RankNasOptionsBuilderExtensions.Bind"/>.</remarks>
public sealed class RankNasOptions
{
    /// <summary>Gets or sets a preset of proxies, aggregator and strategy: <c>paper</c>, <c>recommended</c> or <c>az-nas</c>.</summary>
    /// <value>The default is null: <see cref="Proxies"/> and <see cref="Strategy"/>, or code, set them.</value>
    public string? Preset { get; set; }

    /// <summary>Gets or sets the search space, a name of <see cref="SpaceCatalog"/> with settings or without: <c>nats-tss</c>, <c>mobilenet(width=0.5,resolution=96)</c>.</summary>
    /// <value>The default is null: code sets it.</value>
    public string? Space { get; set; }

    /// <summary>Gets the ids of the proxies to score by, such as <c>naswot</c>; not together with <see cref="Preset"/>.</summary>
    /// <value>The default is none: <see cref="Preset"/> or code adds them.</value>
    public IList<string> Proxies { get; } = [];

    /// <summary>Gets or sets the strategy: <c>random</c>, <c>genetic</c>, <c>annealing</c>, <c>ageing</c>, <c>economics</c>, <c>local</c> or <c>exhaustive</c>.</summary>
    /// <value>The default is null: that of <see cref="Preset"/>, or code sets it.</value>
    public string? Strategy { get; set; }

    /// <summary>Gets or sets the aggregator: <c>rank-sum</c>, <c>log-rank-sum</c> or <c>max-normalized-sum</c>.</summary>
    /// <value>The default is null: that of <see cref="Preset"/>, else <c>rank-sum</c>.</value>
    public string? Aggregator { get; set; }

    /// <summary>Gets or sets the largest number of parameters that networks may have, at least 1.</summary>
    /// <value>The default is null: any number.</value>
    public long? MaxParameters { get; set; }

    /// <summary>Gets or sets the largest number of multiply-accumulates for one image that networks may need, at least 1.</summary>
    /// <value>The default is null: any number.</value>
    public long? MaxMacs { get; set; }

    /// <summary>Gets or sets the SQLite file that scores are kept in; its folder must exist.</summary>
    /// <value>The default is null: an in-memory store for one run.</value>
    public string? Store { get; set; }

    /// <summary>Gets or sets how many distinct architectures may be scored.</summary>
    /// <value>The default is 1,000; at least 1.</value>
    public int Budget { get; set; } = 1000;

    /// <summary>Gets or sets the seed of all weights, the noise and the strategy.</summary>
    /// <value>The default is 0.</value>
    public long Seed { get; set; }

    /// <summary>Gets or sets a CIFAR-10 or CIFAR-100 binary file, or a folder of them.</summary>
    /// <value>The default is null: a seeded synthetic batch is used.</value>
    public string? Images { get; set; }

    /// <summary>Gets or sets the number of images for the proxies.</summary>
    /// <value>The default is null: 128, or all if there are fewer; at least 1.</value>
    public int? BatchSize { get; set; }

    /// <summary>Gets or sets over how many initialisations each score is averaged.</summary>
    /// <value>The default is 1; from 1 to 10,000.</value>
    public int Repeats { get; set; } = 1;

    /// <summary>Gets or sets how many architectures are scored concurrently, from 1 to 1,024.</summary>
    /// <value>The default is null: one per core, as far as memory allows.</value>
    public int? Workers { get; set; }

    /// <summary>Gets or sets the dtype that networks run in.</summary>
    /// <value>The default is <see cref="Precision.Float32"/>.</value>
    public Precision Precision { get; set; } = Precision.Float32;

    /// <summary>Gets or sets how long a network or a proxy may take, see <see cref="NasBuilder.WithProxyTimeLimit"/>; greater than 0.</summary>
    /// <value>The default is ten minutes.</value>
    public TimeSpan ProxyTimeLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets whether stored scores of other numerics are used, see <see cref="NasBuilder.AcceptOtherNumerics"/>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AcceptOtherNumerics { get; set; }

    /// <summary>Gets or sets whether stored failed scores are computed again.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RetryFailedScores { get; set; }

    /// <summary>Gets or sets whether only one of several architectures that build the same network is scored.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool TreatEqualGraphsAsOne { get; set; }
}
