using System.Text.Json;
using System.Text.Json.Serialization;
using RankNas.Files;

namespace RankNas.Results;

/// <summary>Results as JSON, with code generated at compile time.</summary>
[JsonSerializable(typeof(ResultFile))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
internal sealed partial class ResultJson : JsonSerializerContext
{
    private const int Newest = 1;

    /// <summary>Writes a result.</summary>
    /// <exception cref="FormatException">Its parts do not fit each other.</exception>
    public static string Write(SearchResult result)
    {
        Check(result);
        return JsonSerializer.Serialize(new ResultFile(Newest, result), Default.ResultFile);
    }

    /// <summary>Reads a result.</summary>
    /// <exception cref="InvalidDataException">It is none, or of a newer version.</exception>
    public static SearchResult Read(string json)
    {
        ThrowIfNewer(json);
        SearchResult result = JsonText.Read(json, Default.ResultFile, "the result of a search", file =>
        {
            if (file.Version != Newest)
            {
                throw new FormatException($"its version is {file.Version}, and not {Newest}");
            }

            Check(file.Result);
        }).Result;
        return result with { History = [.. result.History.Select(scored => scored with { Proxies = result.Proxies })] };
    }

    private static void Check(SearchResult result)
    {
        ThrowIf(!Enum.IsDefined(result.Precision) || !Enum.IsDefined(result.End), "its precision or its end is none");
        ThrowIf(result.Budget < 1, $"its budget is {result.Budget}, and not at least 1");
        ThrowIf(result.Proxies.Any(proxy => proxy is null || !Enum.IsDefined(proxy.Direction)), "one of its proxies is none");
        ThrowIf(
            result.Constraints.Any(text => text is null) || result.Notices.Any(notice => notice is null) || result.Settings.Any(setting => setting is null),
            "one of its constraints, notices or settings is null");
        ThrowIf(result.Objectives.Any(objective => objective is null || !Enum.IsDefined(objective.Direction)), "one of its objectives is none");
        var known = new HashSet<Architecture>();
        foreach (ScoredArchitecture scored in result.History)
        {
            ThrowIf(scored is null, "one of its architectures is null");
            ThrowIf(!known.Add(scored!.Architecture), $"it has {scored.Architecture} twice");
            ThrowIf(
                scored.Scores.IsDefault || scored.Scores.Length != result.Proxies.Length,
                $"{scored.Architecture} has {(scored.Scores.IsDefault ? 0 : scored.Scores.Length)} scores where there are {result.Proxies.Length} proxies");
            ThrowIf(
                scored.Objectives.Length != result.Objectives.Length || !scored.Objectives.All(double.IsFinite),
                $"{scored.Architecture} has {scored.Objectives.Length} finite values where there are {result.Objectives.Length} objectives");
            ThrowIf(!double.IsFinite(scored.Seconds) || scored.Seconds < 0, $"{scored.Architecture} took no number of seconds");
        }

        ThrowIfNotRanked(result);
    }

    // Either none has a place, or each has one of its own, from 1 on.
    private static void ThrowIfNotRanked(SearchResult result)
    {
        bool isRanked = result.History.Any(scored => scored.Rank != 0);
        var places = new HashSet<int>();
        foreach (ScoredArchitecture scored in result.History)
        {
            bool hasPlace = isRanked
                ? scored.Rank >= 1 && scored.Rank <= result.History.Length && places.Add(scored.Rank) && !double.IsNaN(scored.Total)
                : scored.Rank == 0;
            int ranks = scored.Ranks.IsDefault ? -1 : scored.Ranks.Length;
            ThrowIf(
                !hasPlace || ranks != (isRanked ? result.Proxies.Length : 0) || scored.Ranks.Any(rank => !double.IsFinite(rank)),
                $"the rank of {scored.Architecture} is none");
        }
    }

    private static void ThrowIfNewer(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("version", out JsonElement version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) && number > Newest)
            {
                throw new InvalidDataException(
                    $"This result was written by a newer RankNas (format {number}, this one knows {Newest}): update RankNas.");
            }
        }
        catch (JsonException)
        {
            // Reading it says where and why.
        }
    }

    private static void ThrowIf(bool isWrong, string what)
    {
        if (isWrong)
        {
            throw new FormatException(what);
        }
    }
}

/// <summary>A result as JSON has it: whoever reads it looks at the version first.</summary>
internal sealed record ResultFile(int Version, SearchResult Result);
