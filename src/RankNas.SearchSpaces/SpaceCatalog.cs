using System.Collections.Immutable;
using RankNas.Files;
using RankNas.SearchSpaces.Catalog;

namespace RankNas.SearchSpaces;

/// <summary>The spaces of this package by their names, with settings: <c>nb101</c>, <c>mobilenet(width=0.5,resolution=96)</c>.</summary>
/// <remarks>The <see cref="ISearchSpace.Id"/> of each space is a text that creates the space.</remarks>
public static class SpaceCatalog
{
    private const string Channels = "1 to 4096";
    private const string Cells = "1 to 1000";
    private const string Resolution = "8 to 4096 pixels, to which images are resized";
    private const string AnyResolution = "that of the images";

    private static readonly NatsTopologyOptions Topology = new();
    private static readonly NasBench101Options Bench101 = new();
    private static readonly DartsOptions Darts = new();
    private static readonly MobileNetOptions Mobile = new();
    private static readonly VisionTransformerOptions Transformer = new();

    /// <summary>Gets all of them.</summary>
    public static ImmutableArray<SpaceEntry> Entries { get; } =
    [
        new(
            NatsTopologySpace.Name,
            "NATS-Bench's topology space: cells of four nodes, with one of five operations on each edge",
            "operation~source for each edge, grouped by node",
            values => new NatsTopologySpace(new NatsTopologyOptions
            {
                Channels = values.Number<int>("channels", Topology.Channels)!.Value,
                CellsPerStage = values.Number<int>("cells", Topology.CellsPerStage)!.Value,
                IncludeBroken = values.Flag("broken"),
            }),
            new SpaceSetting("channels", Channels, $"{Topology.Channels}"),
            new SpaceSetting("cells", Cells, $"{Topology.CellsPerStage}"),
            new SpaceSetting("broken", "true to sample architectures too whose input does not reach the output", "false")),
        new(NatsSizeSpace.Name, "NATS-Bench's size space: the channels of five layers", "five widths from 8 to 64", _ => new NatsSizeSpace()),
        new(
            NasBench101Space.Name,
            "NAS-Bench-101: cells of up to seven vertices and nine edges, with one of three operations on each vertex",
            "the matrix above its diagonal and the operations; a module hash or an index",
            values => new NasBench101Space(new NasBench101Options
            {
                Channels = values.Number<int>("channels", Bench101.Channels)!.Value,
                CellsPerStack = values.Number<int>("cells", Bench101.CellsPerStack)!.Value,
                Sampling = values.Word("sampling", Bench101.Sampling),
            }),
            new SpaceSetting("channels", "4 to 4096", $"{Bench101.Channels}"),
            new SpaceSetting("cells", Cells, $"{Bench101.CellsPerStack}"),
            new SpaceSetting("sampling", "uniform over the graphs, or matrices as the benchmark's programs draw them", "uniform")),
        new(NasBenchMacroSpace.Name, "NAS-Bench-Macro: eight layers, each an identity or a block of MobileNetV2", "eight digits, each 0, 1 or 2", _ => new NasBenchMacroSpace()),
        new(
            DartsSpace.Name,
            "DARTS: a normal and a reduction cell of separable and dilated convolutions and pooling",
            "a genotype as DARTS and NAS-Bench-301 print it",
            values => new DartsSpace(new DartsOptions
            {
                Cells = values.Number<int>("cells", Darts.Cells)!.Value,
                Channels = values.Number<int>("channels", Darts.Channels)!.Value,
                IncludeAllCells = values.Flag("all"),
            }),
            new SpaceSetting("cells", "3 to 1000", $"{Darts.Cells}"),
            new SpaceSetting("channels", "2 to 4096, even", $"{Darts.Channels}"),
            new SpaceSetting("all", "true to sample cells too that DARTS cannot choose, with none or with two edges from one input", "false")),
        new(
            MobileNetSpace.Name,
            "A mobile space for photos of your own: inverted residual blocks of five stages, from 23 thousand parameters up",
            "the width, then the stages and their blocks: kernel and expansion",
            values => new MobileNetSpace(new MobileNetOptions
            {
                Widths = values.Numbers("width", Mobile.Widths),
                Resolution = values.Number<int>("resolution", null),
            }),
            new SpaceSetting("width", "multipliers from 0.05 to 4, joined by +", "0.15+0.25+0.35+0.5+0.75+1"),
            new SpaceSetting("resolution", Resolution, AnyResolution)),
        new(
            ResNetSpace.Name,
            "A residual space: depth, width, bottleneck and kernel of four stages",
            "name=value for each choice",
            values => new ResNetSpace(new ResNetOptions { Resolution = values.Number<int>("resolution", null) }),
            new SpaceSetting("resolution", Resolution, AnyResolution)),
        new(
            VisionTransformerSpace.Name,
            "Vision transformers in the ranges of AutoFormer-tiny",
            "patch size, embedding, and the heads and MLP ratio of each layer",
            values => new VisionTransformerSpace(new VisionTransformerOptions
            {
                Patches = values.Numbers("patch", Transformer.Patches),
                Resolution = values.Number<int>("resolution", null),
            }),
            new SpaceSetting("patch", "sizes from 1 to 64 pixels, joined by +", "4+8"),
            new SpaceSetting("resolution", Resolution, AnyResolution)),
    ];

    /// <summary>Creates a space from its name and settings.</summary>
    /// <param name="text">Such as <c>nb101</c> or <c>mobilenet(width=0.5,resolution=96)</c>. Settings that are left out have their defaults.</param>
    /// <exception cref="FormatException">There is no such space, or a setting is wrong; the message says what to write.</exception>
    public static ISearchSpace Create(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        string name = (open < 0 ? trimmed : trimmed[..open]).Trim();
        SpaceEntry entry = Entries.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"There is no space '{ShownText.Of(name)}': write one of {string.Join(", ", Entries.Select(one => one.Name))}.");
        if (open >= 0 && !trimmed.EndsWith(')'))
        {
            throw new FormatException($"'{ShownText.Of(trimmed)}' has no closing bracket: write {Example(entry)}.");
        }

        SettingValues values = ValuesOf(entry, open < 0 ? "" : trimmed[(open + 1)..^1]);
        try
        {
            return entry.Create(values);
        }
        catch (ArgumentException exception)
        {
            // Without the name of the parameter, which is not what was written.
            throw new FormatException($"'{ShownText.Of(trimmed)}': {ErrorText.FirstLineOf(exception).Split(" (Parameter", 2)[0]}", exception);
        }
    }

    private static SettingValues ValuesOf(SpaceEntry entry, string settings)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string setting in settings.Trim().Length > 0 ? settings.Split(',', StringSplitOptions.TrimEntries) : [])
        {
            if (setting.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value] || !values.TryAdd(name, value))
            {
                throw new FormatException($"'{ShownText.Of(setting)}' should be a setting and its value, each setting once: write {Example(entry)}.");
            }

            if (!entry.Settings.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new FormatException(entry.Settings.IsEmpty
                    ? $"{entry.Name} has no settings: write {entry.Name}."
                    : $"{entry.Name} has no setting '{ShownText.Of(name)}': it has {string.Join(", ", entry.Settings.Select(known => known.Name))}.");
            }
        }

        return new SettingValues(values);
    }

    private static string Example(SpaceEntry entry) => entry.Settings.IsEmpty ? entry.Name : $"{entry.Name}({entry.Settings[0].Name}=…)";
}
