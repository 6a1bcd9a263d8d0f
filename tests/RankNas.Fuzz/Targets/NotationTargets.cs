using System.Text;
using RankNas.SearchSpaces;

namespace RankNas.Fuzz.Targets;

/// <summary>The texts of architectures and of spaces.</summary>
internal static class NotationTargets
{
    private static readonly ISearchSpace[] Spaces =
        [.. SpaceCatalog.Entries.Select(entry => SpaceCatalog.Create(entry.Name)), SpaceCatalog.Create("darts(all=true)"), SpaceCatalog.Create("nats-tss(broken=true)")];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("architecture", ReadArchitecture, [typeof(ArchitectureFormatException)],
            [.. Spaces.SelectMany((space, place) => InputFiles.Texts([.. Enumerable.Range(1, 2).Select(seed => $"{(char)('0' + place)}{space.Sample(new Random(seed)).Text}")]))]),
        new("space", ReadSpace, [typeof(FormatException)],
            InputFiles.Texts("nats-tss(channels=8,cells=2,broken=true)", "nb101(sampling=matrices)", "darts(cells=4,channels=4,all=true)", "mobilenet(width=0.5+1,resolution=96)", "vit(patch=4+8)", "resnet(resolution=64)", "macro", "nats-sss")),
    ];

    // The first byte says the space.
    private static void ReadArchitecture(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        ISearchSpace space = Spaces[(byte)(input[0] - '0') % Spaces.Length];
        Architecture architecture = space.Parse(Encoding.UTF8.GetString(input.AsSpan(1)));
        FuzzFailedException.ThrowUnless(space.Parse(architecture.Text).Equals(architecture), $"'{architecture.Text}' of {space.Id} is another architecture when it is read again.");
        FuzzFailedException.ThrowUnless(space.Parse(architecture.Text).Text == architecture.Text, $"'{architecture.Text}' of {space.Id} is written differently when it is read again.");
        _ = space.IsViable(architecture);
    }

    private static void ReadSpace(byte[] input)
    {
        ISearchSpace space = SpaceCatalog.Create(Encoding.UTF8.GetString(input));
        FuzzFailedException.ThrowUnless(SpaceCatalog.Create(space.Id).Id == space.Id, $"'{space.Id}' is the name of another space.");
        space.Sample(new Random(1));
    }
}
