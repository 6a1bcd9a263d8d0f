using RankNas.Files;
using RankNas.Pareto;
using RankNas.Search;
using RankNas.Strategies;

namespace RankNas;

/// <summary>What must hold of the parts of a search before it runs.</summary>
internal static class PlanChecks
{
    private const int MostOfAnImage = 65_536;

    /// <summary>Describes proxies as requests, stores and results name them from then on.</summary>
    /// <exception cref="InvalidOperationException">A proxy does not say what it is, or says one thing and then another.</exception>
    public static ImmutableArray<ProxyDescriptor> Describe(IReadOnlyCollection<IZeroCostProxy> proxies)
    {
        ImmutableArray<ProxyDescriptor> described = [.. proxies.Select(Describe)];
        return described.GroupBy(proxy => proxy.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidOperationException($"The proxy '{twice.Key}' was added twice: each may be added once.")
            : described;
    }

    /// <summary>Describes objectives as results name them from then on.</summary>
    /// <exception cref="InvalidOperationException">An objective does not say what it is, or has the name of another.</exception>
    public static ImmutableArray<ObjectiveDescriptor> Describe(IReadOnlyCollection<IArchitectureObjective> objectives)
    {
        ImmutableArray<ObjectiveDescriptor> described = [.. objectives.Select(Describe)];
        return described.Select(objective => objective.Id).Prepend(SearchResult.RankObjective).GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidOperationException(twice.Key == SearchResult.RankObjective
                ? "An objective is called 'rank', which is what the first of every search is called: give it another name."
                : $"The objective '{twice.Key}' was added twice: each may be added once.")
            : described;
    }

    /// <summary>Asks a part for its name.</summary>
    /// <param name="part">What it is: <c>space</c>, say.</param>
    /// <param name="component">The part.</param>
    /// <param name="name">Asks it.</param>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static string NameOf(string part, object component, Func<string?> name)
    {
        string? first = Ask(part, component, name);
        return string.IsNullOrWhiteSpace(first) || first.Any(char.IsControl)
            ? throw new InvalidOperationException($"The {part} {component.GetType().Name} has no name: its name is {(first is null ? "null" : $"'{ShownText.Of(first)}'")}.")
            : first != Ask(part, component, name)
                ? throw new InvalidOperationException($"The {part} {component.GetType().Name} has one name, '{first}', and then another: it must not change.")
                : first;
    }

    /// <summary>Asks a space for the size of its images.</summary>
    /// <exception cref="InvalidOperationException">It is no size.</exception>
    public static Size2D? ImageSizeOf(ISearchSpace space) => Ask("space", space, () => space.ImageSize) is not { } size ? null
        : size is { Height: >= 1 and <= MostOfAnImage, Width: >= 1 and <= MostOfAnImage } ? size
        : throw new InvalidOperationException($"The space '{space.Id}' is for images of {size}: sides are from 1 to {MostOfAnImage}.");

    /// <summary>Describes a strategy as results name it from then on.</summary>
    /// <exception cref="InvalidOperationException">It does not say what it is, or says one thing and then another.</exception>
    public static StrategyDescriptor Describe(ISearchStrategy strategy)
    {
        string id = NameOf("strategy", strategy, () => strategy.Id);
        return new StrategyDescriptor(id, SettingsOf("strategy", strategy, () => strategy.Settings, id));
    }

    private static string SettingsOf(string part, object component, Func<string?> settings, string id)
    {
        string first = Ask(part, component, settings)
            ?? throw new InvalidOperationException($"The {part} '{id}' has null for its settings: where there are none, they are empty.");
        return first == Ask(part, component, settings)
            ? first
            : throw new InvalidOperationException($"The {part} '{id}' has settings that change from one time to the next: what they stand for is found by them.");
    }

    private static ObjectiveDescriptor Describe(IArchitectureObjective objective)
    {
        string id = NameOf("objective", objective, () => objective.Id);
        ScoreDirection direction = Ask("objective", objective, () => objective.Direction);
        return Enum.IsDefined(direction)
            ? new ObjectiveDescriptor(id, direction)
            : throw new InvalidOperationException($"The objective '{id}' has the direction {direction}: it is HigherIsBetter or LowerIsBetter.");
    }

    private static ProxyDescriptor Describe(IZeroCostProxy proxy)
    {
        string id = NameOf("proxy", proxy, () => proxy.Id);
        string settings = SettingsOf("proxy", proxy, () => proxy.Settings, id);
        ScoreDirection direction = Ask("proxy", proxy, () => proxy.Direction);
        return !Enum.IsDefined(direction)
            ? throw new InvalidOperationException($"The proxy '{id}' has the direction {direction}: it is HigherIsBetter or LowerIsBetter.")
            : direction != Ask("proxy", proxy, () => proxy.Direction)
                ? throw new InvalidOperationException($"The proxy '{id}' has a direction that changes from one time to the next.")
                : new ProxyDescriptor(id, settings, direction);
    }

    private static T Ask<T>(string part, object component, Func<T> ask)
    {
        try
        {
            return ask();
        }
#pragma warning disable CA1031 // It is thrown again, with the name of what threw it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new InvalidOperationException($"The {part} {component.GetType().Name} does not say what it is: {ErrorText.FirstLineOf(exception)}", exception);
        }
    }
}
