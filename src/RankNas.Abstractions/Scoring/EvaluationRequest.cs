using System.Text.Json;
using RankNas.Files;
using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.Scoring;

/// <summary>What to score, in plain text and numbers, so that another process or machine can answer it.</summary>
/// <param name="Scope">Space, images, initialisation, precision, device, seed, repeat and numerics.</param>
/// <param name="Architecture">The architecture's text.</param>
/// <param name="Proxies">The proxies to score by.</param>
public sealed record EvaluationRequest(ScoreScope Scope, string Architecture, ImmutableArray<ProxyDescriptor> Proxies)
{
    /// <summary>Writes the request as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvaluationJson.Default.EvaluationRequest);

    /// <summary>Reads a request that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="InvalidDataException">It is not a request; the message says why.</exception>
    public static EvaluationRequest FromJson(string json) =>
        JsonText.Read(json, EvaluationJson.Default.EvaluationRequest, "an evaluation request", request =>
        {
            if (request.Proxies.IsDefaultOrEmpty || request.Proxies.Any(proxy => proxy is null || !Enum.IsDefined(proxy.Direction)))
            {
                throw new FormatException("it has no proxies, or one that is none");
            }
        });

    /// <summary>Tells whether the other asks for the same.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(EvaluationRequest? other) => other is not null
        && Scope == other.Scope && Architecture == other.Architecture && Proxies.AsSpan().SequenceEqual(other.Proxies.AsSpan());

    /// <summary>Hashes the scope and the architecture.</summary>
    public override int GetHashCode() => HashCode.Combine(Scope, Architecture);
}
