using System.Collections.Immutable;
using RankNas.SearchSpaces.Catalog;

namespace RankNas.SearchSpaces;

/// <summary>A space of <see cref="SpaceCatalog"/>.</summary>
public sealed class SpaceEntry
{
    private readonly Func<SettingValues, ISearchSpace> _create;

    internal SpaceEntry(string name, string summary, string notation, Func<SettingValues, ISearchSpace> create, params ImmutableArray<SpaceSetting> settings) =>
        (Name, Summary, Notation, _create, Settings) = (name, summary, notation, create, settings);

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets what the space is, in a line.</summary>
    public string Summary { get; }

    /// <summary>Gets how its architectures are written, in a line.</summary>
    public string Notation { get; }

    /// <summary>Gets its settings; empty where it has none.</summary>
    public ImmutableArray<SpaceSetting> Settings { get; }

    internal ISearchSpace Create(SettingValues values) => _create(values);
}
