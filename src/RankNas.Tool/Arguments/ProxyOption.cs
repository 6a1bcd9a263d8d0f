using RankNas.Proxies;

namespace RankNas.Tool.Arguments;

/// <summary>The proxies by name.</summary>
internal static class ProxyOption
{
    /// <summary>Every proxy there is.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. BuiltIns.Proxies.Keys];

    /// <summary>Those that need forward passes at most, and no labels.</summary>
    public static IReadOnlyList<string> Quick { get; } =
        ["noise-immunity", "noise-immunity-complexity", "naswot", "logsynflow", "synflow", "skip-depth", "params", "macs"];

    /// <summary>Those of a search that names none: the paper's three, as the builder adds them.</summary>
    public static IReadOnlyList<string> Default { get; } = ["noise-immunity-live", "naswot", "logsynflow"];

    /// <summary>The paper's three, noise immunity in the form of the authors' program.</summary>
    public static IReadOnlyList<string> Paper { get; } = ["noise-immunity-complexity", "naswot", "logsynflow"];

    /// <summary>Those of the recommended preset.</summary>
    public static IReadOnlyList<string> Recommended { get; } = ["naswot", "logsynflow", "skip-depth"];

    /// <summary>AZ-NAS's four.</summary>
    public static IReadOnlyList<string> AzNas { get; } = ["expressivity", "progressivity", "trainability", "macs"];

    public static Option<string[]> Create(string byDefault)
    {
        var option = new Option<string[]>("--proxy")
        {
            Description = $"The proxies to score by, each of {string.Join(", ", Ids)}; {byDefault} by default.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "ID…",
        };
        option.CompletionSources.Add([.. Ids]);
        return option;
    }

    public static IReadOnlyList<IZeroCostProxy> Resolve(string[]? ids, IReadOnlyList<string> byDefault)
    {
        IEnumerable<string> wanted = ids is { Length: > 0 } ? ids : byDefault;
        return [.. wanted.Distinct(StringComparer.Ordinal).Select(id => BuiltIns.Proxies.Values.FirstOrDefault(proxy => proxy.Id == id) ?? throw Unknown(id))];
    }

    private static UsageException Unknown(string id)
    {
        string meant = Suggestion.For(id, Ids) is { } near ? $" (did you mean {near}?)" : "";
        return new UsageException($"--proxy is '{id}'{meant}: write any of {string.Join(", ", Ids)}.");
    }
}
