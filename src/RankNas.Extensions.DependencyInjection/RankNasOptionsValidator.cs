using System.Globalization;
using RankNas.SearchSpaces;

namespace RankNas.Extensions.DependencyInjection;

/// <summary>Checks the options, and that all that configuration says is a setting; messages have the key as it is written there.</summary>
internal sealed class RankNasOptionsValidator(IEnumerable<BoundSection> sections) : IValidateOptions<RankNasOptions>
{
    private static readonly string[] Settings =
        [.. typeof(RankNasOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)];

    public ValidateOptionsResult Validate(string? name, RankNasOptions options)
    {
        BoundSection[] bound = [.. sections.Where(section => section.Name == (name ?? Options.DefaultName))];
        string Key(string setting) => BoundSection.KeyOf(bound.LastOrDefault(), setting);

        string[] failures =
        [
            .. bound.SelectMany(UnknownIn),
            .. Range(Key(nameof(options.Budget)), options.Budget, int.MaxValue),
            .. Range(Key(nameof(options.BatchSize)), options.BatchSize, int.MaxValue),
            .. Range(Key(nameof(options.Repeats)), options.Repeats, NasBuilder.MostRepeats),
            .. Range(Key(nameof(options.Workers)), options.Workers, NasBuilder.MostWorkers),
            .. Range(Key(nameof(options.MaxParameters)), options.MaxParameters, long.MaxValue),
            .. Range(Key(nameof(options.MaxMacs)), options.MaxMacs, long.MaxValue),
            .. Named(Key(nameof(options.Preset)), options.Preset, BuiltIns.Presets.Keys),
            .. SpaceNamed(Key(nameof(options.Space)), options.Space),
            .. Named(Key(nameof(options.Strategy)), options.Strategy, BuiltIns.Strategies.Keys),
            .. Named(Key(nameof(options.Aggregator)), options.Aggregator, BuiltIns.Aggregators.Keys),
            .. options.Proxies.SelectMany(proxy => Named(Key(nameof(options.Proxies)), proxy, BuiltIns.Proxies.Keys)),
            .. OtherChecks(options, Key),
        ];
        return failures.Length > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> OtherChecks(RankNasOptions options, Func<string, string> key)
    {
        if (options is { Preset: not null, Proxies.Count: > 0 })
        {
            yield return $"{key(nameof(options.Proxies))} is set beside {key(nameof(options.Preset))}, which has proxies of its own: leave out one of them.";
        }

        if (options.Proxies.GroupBy(proxy => proxy, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return $"{key(nameof(options.Proxies))} has '{twice.Key}' twice: each may be there once.";
        }

        if (!Enum.IsDefined(options.Precision))
        {
            yield return $"{key(nameof(options.Precision))} is {options.Precision}: it is one of {string.Join(", ", Enum.GetNames<Precision>())}.";
        }

        if (options.ProxyTimeLimit <= TimeSpan.Zero)
        {
            yield return $"{key(nameof(options.ProxyTimeLimit))} is {options.ProxyTimeLimit}: it must be greater than 0.";
        }

        if (options.Images is { } images && !File.Exists(images) && !Directory.Exists(images))
        {
            yield return $"{key(nameof(options.Images))} is '{images}': there is no such file or folder.";
        }

        if (options.Store is { } store && (string.IsNullOrWhiteSpace(store) || Path.GetDirectoryName(Path.GetFullPath(store)) is not { } folder || !Directory.Exists(folder)))
        {
            yield return $"{key(nameof(options.Store))} is '{store}': it must be a file in a folder that exists.";
        }
    }

    private static IEnumerable<string> UnknownIn(BoundSection section) => section.Configuration.GetChildren()
        .Where(child => !Settings.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
        .Select(child => $"{BoundSection.KeyOf(section, child.Key)} is not a setting: "
            + (Suggestion.For(child.Key, Settings) is { } meant ? $"did you mean {meant}?" : $"the settings are {string.Join(", ", Settings)}."));

    private static IEnumerable<string> Range(string key, long? value, long most) => value is null || (value >= 1 && value <= most)
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{key} is {value}: it must be between 1 and {most:N0}.")];

    private static IEnumerable<string> SpaceNamed(string key, string? space)
    {
        string[] names = [.. SpaceCatalog.Entries.Select(entry => entry.Name)];
        if (space is null)
        {
            return [];
        }

        if (!space.Contains('(', StringComparison.Ordinal))
        {
            return Named(key, space, names);
        }

        try
        {
            SpaceCatalog.Create(space);
            return [];
        }
        catch (FormatException exception)
        {
            return [$"{key}: {exception.Message}"];
        }
    }

    private static IEnumerable<string> Named(string key, string? value, IEnumerable<string> names) =>
        value is null || names.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? []
            : [$"{key} is '{value}': {(Suggestion.For(value, names) is { } meant ? $"did you mean {meant}? It" : "it")} is one of {string.Join(", ", names)}."];
}
