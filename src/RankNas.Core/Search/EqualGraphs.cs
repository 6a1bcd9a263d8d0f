namespace RankNas.Search;

/// <summary>Finds the architecture that stands for all that build the same network: the space's own choice, or the first that was asked for.</summary>
/// <remarks>A strategy asks in an order that its seed decides, so that a search that goes on later finds the same ones.</remarks>
internal sealed class EqualGraphs(ISearchSpace space, NetworkShape shape)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Architecture, Architecture> _representatives = [];
    private readonly Dictionary<string, Architecture> _firstOf = new(StringComparer.Ordinal);
    private readonly bool _hasGraphs = space.HasGraphs();

    public Architecture RepresentativeOf(Architecture architecture)
    {
        lock (_gate)
        {
            if (!_representatives.TryGetValue(architecture, out Architecture? representative))
            {
                representative = space.Canonicalize(architecture) ?? FirstAlike(architecture);
                _representatives.Add(architecture, representative);
            }

            return representative;
        }
    }

    private Architecture FirstAlike(Architecture architecture)
    {
        if (KeyOf(architecture) is not { } key)
        {
            return architecture;
        }

        _firstOf.TryAdd(key, architecture);
        return _firstOf[key];
    }

    // One that cannot be described fails when it is scored, with the reason.
    private string? KeyOf(Architecture architecture)
    {
        try
        {
            return _hasGraphs ? space.Describe(architecture, shape).CanonicalKey : null;
        }
        catch (SearchComponentException)
        {
            return null;
        }
    }
}
