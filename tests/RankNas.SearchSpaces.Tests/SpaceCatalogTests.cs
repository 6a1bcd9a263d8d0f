using CsCheck;

namespace RankNas.SearchSpaces.Tests;

public class SpaceCatalogTests
{
    // One value for each setting that is not the default.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["channels"] = "6",
        ["cells"] = "4",
        ["broken"] = "true",
        ["sampling"] = "matrices",
        ["all"] = "true",
        ["width"] = "0.35+1.4",
        ["resolution"] = "96",
        ["patch"] = "2+16",
    };

    // These change what is drawn, and no network.
    private static readonly string[] OfSampling = ["broken", "sampling", "all"];

    public static TheoryData<string> Names { get; } = [.. SpaceCatalog.Entries.Select(entry => entry.Name)];

    public static TheoryData<string, string> Settings { get; } = [.. SpaceCatalog.Entries.SelectMany(entry => entry.Settings.Select(setting => (entry.Name, setting.Name)))];

    [Fact]
    public void Entries_AreTheSpacesOfThePackage()
    {
        Type[] spaces = [.. typeof(SpaceCatalog).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(ISearchSpace)) && !type.IsAbstract)];

        SpaceCatalog.Entries.Select(entry => SpaceCatalog.Create(entry.Name).GetType()).Should().BeEquivalentTo(spaces);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_AName_IsTheSpaceOfThatId(string name)
    {
        SpaceCatalog.Create(name).Id.Should().Be(name);
        SpaceCatalog.Create($" {name.ToUpperInvariant()} ( ) ").Id.Should().Be(name);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Create_TheIdOfASpace_IsAnEqualSpace(string name, string setting)
    {
        ISearchSpace space = SpaceCatalog.Create($"{name}({setting}={Others[setting]})");
        ISearchSpace again = SpaceCatalog.Create(space.Id);

        again.Id.Should().Be(space.Id);
        again.GetType().Should().Be(space.GetType());
        (again.Count, again.ImageSize).Should().Be((space.Count, space.ImageSize));
        (space.Id == name).Should().Be(OfSampling.Contains(setting), "the id has every setting that changes the networks");
        Architecture sample = space.Sample(new Random(1));
        again.Parse(sample.Text).Genes.Should().Equal(sample.Genes);
        var shape = new Graphs.NetworkShape { Height = 96, Width = 96 };
        again.Describe(sample, shape).CanonicalKey.Should().Be(space.Describe(sample, shape).CanonicalKey);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_EverySettingAtOnce_InAnyOrderAndCase_IsOneSpace(string name)
    {
        SpaceEntry entry = SpaceCatalog.Entries.Single(one => one.Name == name);
        string[] settings = [.. entry.Settings.Select(setting => $"{setting.Name}={Others[setting.Name]}")];

        SpaceCatalog.Create($"{name}( {string.Join(" , ", settings.Reverse().Select(setting => setting.ToUpperInvariant().Replace("=", " = ", StringComparison.Ordinal)))} )").Id
            .Should().Be(SpaceCatalog.Create($"{name}({string.Join(',', settings)})").Id);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Default_OfASetting_IsWhatIsMadeWithoutIt(string name, string setting)
    {
        SpaceSetting described = SpaceCatalog.Entries.Single(entry => entry.Name == name).Settings.Single(one => one.Name == setting);
        if (setting == "resolution")
        {
            described.Default.Should().Be("that of the images");
            SpaceCatalog.Create(name).ImageSize.Should().BeNull();
            return;
        }

        ISearchSpace space = SpaceCatalog.Create($"{name}({setting}={described.Default})"), byDefault = SpaceCatalog.Create(name);

        space.Id.Should().Be(byDefault.Id);
        space.Count.Should().Be(byDefault.Count);
        foreach (int seed in Enumerable.Range(0, 20))
        {
            space.Sample(new Random(seed)).Should().Be(byDefault.Sample(new Random(seed)));
        }
    }

    [Theory]
    [InlineData("", "There is no space '': write one of nats-tss, nats-sss, nb101, macro, darts, mobilenet, resnet, vit.")]
    [InlineData("mobilnet", "There is no space 'mobilnet': write one of *")]
    [InlineData("mobilnet(width=1)", "There is no space 'mobilnet': write one of *")]
    [InlineData("nb101)", "There is no space 'nb101)': write one of *")]
    [InlineData("nb101(channels=8", "'nb101(channels=8' has no closing bracket: write nb101(channels=…).")]
    [InlineData("nb101(channels=8) ,cells=3", "'nb101(channels=8) ,cells=3' has no closing bracket: write nb101(channels=…).")]
    [InlineData("nb101(channels)", "'channels' should be a setting and its value, each setting once: write nb101(channels=…).")]
    [InlineData("nb101(channels=)", "'channels=' should be a setting and its value*")]
    [InlineData("nb101(=8)", "'=8' should be a setting and its value*")]
    [InlineData("nb101(channels=8=9)", "'channels=8=9' should be a setting and its value*")]
    [InlineData("nb101(channels=8,channels=8)", "'channels=8' should be a setting and its value, each setting once*")]
    [InlineData("nb101(channels=8,CHANNELS=9)", "'CHANNELS=9' should be a setting and its value, each setting once*")]
    [InlineData("nb101(channels=8)(cells=3)", "*should be a setting and its value*")]
    [InlineData("nb101(width=8)", "nb101 has no setting 'width': it has channels, cells, sampling.")]
    [InlineData("macro(width=8)", "macro has no settings: write macro.")]
    [InlineData("macro(8)", "*: write macro.")]
    [InlineData("nb101(channels=0)", "'nb101(channels=0)': Channels is 0: it must be from 4 to 4,096.")]
    [InlineData("nb101(channels=-8)", "channels is '-8': write a whole number.")]
    [InlineData("nb101(channels=8.5)", "channels is '8.5': write a whole number.")]
    [InlineData("nb101(channels=٣)", "channels is '٣': write a whole number.")]
    [InlineData("nb101(channels=99999999999999999999)", "channels is '99999999999999999999': write a whole number.")]
    [InlineData("nb101(channels=8\0)", "channels is '8\\u{0}': write a whole number.")]
    [InlineData("nb101(sampling=often)", "sampling is 'often': write one of uniform, matrices.")]
    [InlineData("nb101(sampling=1)", "sampling is '1': write one of uniform, matrices.")]
    [InlineData("nb101(sampling=+1)", "sampling is '+1': write one of uniform, matrices.")]
    [InlineData("nats-tss(broken=yes)", "broken is 'yes': write true or false.")]
    [InlineData("darts(cells=2)", "'darts(cells=2)': Cells is 2: it must be from 3 to 1,000.")]
    [InlineData("darts(channels=3)", "'darts(channels=3)': Channels is 3: it must be even.")]
    [InlineData("mobilenet(width=0.01)", "'mobilenet(width=0.01)': Widths is [0.01]: give one or more from 0.05 to 4, in ascending order.")]
    [InlineData("mobilenet(width=1+0.5)", "*Widths is [1, 0.5]: give one or more*")]
    [InlineData("mobilenet(width=1+)", "width is '': write a number.")]
    [InlineData("mobilenet(width=Infinity)", "width is 'Infinity': write a number.")]
    [InlineData("mobilenet(width=1e0)", "width is '1e0': write a number.")]
    [InlineData("mobilenet(resolution=7)", "'mobilenet(resolution=7)': Resolution is 7: it must be from 8 to 4,096.")]
    [InlineData("mobilenet(resolution=\u001b[2J)", "resolution is '\\u{1b}[2J': write a whole number.")]
    [InlineData("vit(patch=65)", "'vit(patch=65)': Patches is [65]: give one or more from 1 to 64, in ascending order.")]
    [InlineData("vit(patch=4,resolution=5000)", "*Resolution is 5000: it must be from 8 to 4,096.")]
    public void Create_WrongText_SaysInOneLineWhatToWrite(string text, string message) => FluentActions.Invoking(() => SpaceCatalog.Create(text))
        .Should().Throw<FormatException>().WithMessage(message).Which.Message.Should().NotContainAny("\n", "\r", "Parameter", "\u001b");

    [Fact]
    public void Create_AnyText_GivesASpaceOrOneError() => Gen.Select(
        Gen.Int[0, SpaceCatalog.Entries.Length].Select(index => index < SpaceCatalog.Entries.Length ? SpaceCatalog.Entries[index].Name : "x"), Gen.String[Gen.Char["(),=+.019 channelswidthpatchresolution\0"], 0, 30]).Sample(
        (name, rest) =>
        {
            try
            {
                ISearchSpace space = SpaceCatalog.Create(name + rest);
                SpaceCatalog.Create(space.Id).Id.Should().Be(space.Id);
            }
            catch (FormatException exception)
            {
                exception.Message.Should().NotMatchRegex(@"\p{C}");
            }
        },
        iter: 1000);
}
