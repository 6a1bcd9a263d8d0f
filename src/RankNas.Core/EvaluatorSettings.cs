using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using RankNas.Images;
using RankNas.Scoring;

namespace RankNas;

/// <summary>All that the scores of a search depend on, for an evaluator that computes them elsewhere.</summary>
public sealed record EvaluatorSettings
{
    private const int KeyDigits = 24;

    private EvaluatorSettings()
    {
    }

    /// <summary>Gets the space.</summary>
    public required ISearchSpace Space { get; init; }

    /// <summary>Gets the images.</summary>
    public required ProbeImages Images { get; init; }

    /// <summary>Gets how many of the images a batch has.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Gets the scope of the first repeat; those of others differ in <see cref="ScoreScope.Repeat"/>.</summary>
    public required ScoreScope Scope { get; init; }

    /// <summary>Gets the proxies.</summary>
    public required ImmutableArray<ProxyDescriptor> Proxies { get; init; }

    /// <summary>Gets how long a step may take: see <see cref="NasBuilder.WithProxyTimeLimit"/>.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Gets whether answers by other numerics than the scope's are taken.</summary>
    public required bool AcceptsOtherNumerics { get; init; }

    /// <summary>Gets whether the CPU kernels are used.</summary>
    public required bool UsesKernels { get; init; }

    /// <summary>Gets whether GPUs may compute in TF32.</summary>
    public required bool AllowsTensorFloat32 { get; init; }

    /// <summary>Gets the key of the search: the same for the same search started again, with whatever budget, and another for any other search.</summary>
    public required string SearchKey { get; init; }

    /// <summary>Gets the search's logger.</summary>
    public required ILogger Logger { get; init; }

    internal static EvaluatorSettings Of(EvaluationSetup setup, IEnumerable<string> whatTheSearchIs, bool acceptsOtherNumerics, ILogger logger)
    {
        ScoreScope scope = setup.ScopeOf(repeat: 0);
        return new EvaluatorSettings
        {
            Space = setup.Space,
            Images = setup.Images,
            BatchSize = setup.BatchSize,
            Scope = scope,
            Proxies = setup.Descriptors,
            TimeLimit = setup.TimeLimit,
            AcceptsOtherNumerics = acceptsOtherNumerics,
            UsesKernels = setup.UsesKernels,
            AllowsTensorFloat32 = setup.AllowsTensorFloat32,
            SearchKey = KeyOf(whatTheSearchIs.Prepend(new EvaluationRequest(scope, "any", setup.Descriptors).ToJson())),
            Logger = logger,
        };
    }

    private static string KeyOf(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..KeyDigits];
}
