using System.Globalization;
using System.Numerics;
using CsCheck;
using RankNas.Graphs;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.SearchSpaces.Tests;

public class EverySpaceTests
{
    private const int LongestMessage = 4_000;

    // So long that a reader whose time grows with the square of the length would not end.
    private const int Long = 1 << 20;

    public static TheoryData<string> Ids { get; } =
    [
        "nb101", "nb101(channels=16,cells=1)", "nb101(sampling=matrices)", "macro", "darts", "darts(cells=4,channels=4)", "darts(all=true)", "mobilenet", "mobilenet(width=0.5,resolution=96)",
        "resnet", "vit", "vit(patch=16,resolution=224)", "nats-tss", "nats-sss",
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Parse_TextOfASample_IsTheSample(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        Gen.Int.Sample(
            seed =>
            {
                Architecture sample = space.Sample(new Random(seed));
                foreach (string text in (string[])[sample.Text, $" {sample.Text}\n"])
                {
                    Architecture parsed = space.Parse(text);
                    parsed.Should().Be(sample);
                    parsed.Genes.Should().Equal(sample.Genes);
                }
            },
            iter: 100);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Operators_GiveViableArchitecturesOfTheSpace(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                (Architecture one, Architecture other) = (space.Sample(random), space.Sample(random));
                (Architecture first, Architecture second) = space.Crossover(one, other, random);
                (Architecture mutant, Architecture neighbor) = (space.Mutate(one, random), space.Neighbor(one, random));

                ((Architecture[])[one, other, first, second, mutant, neighbor]).Should().OnlyContain(
                    architecture => space.IsViable(architecture) && space.Parse(architecture.Text).Genes.SequenceEqual(architecture.Genes));
                mutant.Should().NotBe(one);
                neighbor.Should().NotBe(one);
            },
            iter: 60);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Create_AnyGenes_KeepsThoseThatTheTextSays(string id)
    {
        if (SpaceCatalog.Create(id) is GenomeSearchSpace space)
        {
            Gen.Int.Sample(
                seed =>
                {
                    var random = new Random(seed);
                    Architecture created = space.Create([.. space.Alleles.Select(random.Next)]);
                    return space.Parse(created.Text).Genes.SequenceEqual(created.Genes);
                },
                iter: 100);
        }
        else
        {
            id.Should().StartWith("nb101", "the others are genomes");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Parse_AnyText_GivesAnArchitectureOrOneError(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        string example = space.Sample(new Random(1)).Text;
        Gen<string> misspelt = Gen.Select(Gen.Int[0, example.Length - 1], Gen.Int[0, 2], Gen.OneOf(Gen.Char, Gen.Char[example])).Select(
            (place, removed, added) => string.Concat(example.AsSpan(0, place), added.ToString(), example.AsSpan(Math.Min(place + removed, example.Length))));
        Gen.OneOf(Gen.String, Gen.String[Gen.Char[example], 0, 60], misspelt).Sample(
            text =>
            {
                if (ErrorOf(space, text) is null)
                {
                    Architecture parsed = space.Parse(text);
                    space.Parse(parsed.Text).Should().Be(parsed);
                }
            },
            iter: 500);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Parse_HostileText_IsRefusedInOneLine(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        string example = space.Sample(new Random(2)).Text;
        string[] hostile =
        [
            "\0", "\u001b[2J\r\n\u202e", "-1", "1e999", "NaN", "٣", "３", new string('9', 19), new string('9', 400), new string('9', Long), new string('(', Long), new string(' ', Long),
            string.Concat(Enumerable.Repeat("[(", Long / 2)), string.Concat(Enumerable.Repeat("a=1,", Long / 4)), string.Concat(Enumerable.Repeat("('a', ", Long / 6)),
            new string('/', Long), new string(':', Long), new string('-', Long), new string('|', Long), new string('~', Long), $"{example}\0", $"{example}{new string('x', Long)}",
            example + example, $"{example[..^1]}\u001b{example[^1]}",
            .. InPlaceOfTheLastNumber(example, "٣", "３", "-1", "9999999999999999999999", new string('9', 400), "1e999", "0x1", "NaN", "\n"),
        ];

        foreach (string text in hostile)
        {
            string? message = ErrorOf(space, text);

            message.Should().NotBeNull("'{0}' is no architecture", text[..Math.Min(100, text.Length)]);
            message.Should().Contain("is no architecture of").And.MatchRegex("Write (.* )?for example");
        }
    }

    [Theory]
    [InlineData("nb101", "423624")]
    [InlineData("macro", "6561")]

    // Widths, and for each of five stages squeezing or not and 2 to 4 blocks of 9 kinds: 6 · (2 · (81 + 729 + 6561))^5.
    [InlineData("mobilenet", "4177661854573917283392")]
    [InlineData("mobilenet(width=0.5)", "696276975762319547232")]

    // Depth, width, bottleneck and kernel of four stages: (5 · 5 · 3 · 3)^4.
    [InlineData("resnet", "2562890625")]

    // Patches, embeddings, and 12 to 14 layers of 4 kinds: 2 · 3 · (4^12 + 4^13 + 4^14).
    [InlineData("vit", "2113929216")]
    [InlineData("vit(patch=4)", "1056964608")]
    public void Count_IsThatOfTheChoices(string id, string count) =>
        SpaceCatalog.Create(id).Count.Should().Be(BigInteger.Parse(count, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("mobilenet")]
    [InlineData("vit")]
    public void FromIndex_WhereSeveralGenomesAreOneArchitecture_IsNotOffered(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);

        space.Invoking(one => one.FromIndex(0)).Should().Throw<NotSupportedException>().WithMessage($"{id} has *");
        space.Invoking(one => one.IndexOf(one.Sample(new Random(0)))).Should().Throw<NotSupportedException>();
    }

    [Theory]
    [InlineData("nb101(channels=16,cells=1)", "1010100111:13m")]
    [InlineData("nb101(channels=7,cells=1)", "1111101011:31m")]
    [InlineData("nb101(channels=16,cells=1)", "1:")]
    [InlineData("darts(cells=3,channels=4)", null)]
    [InlineData("mobilenet(width=0.15)", null)]
    [InlineData("mobilenet(width=0.15)", "w0.15/se:k3e3-k5e4/se:k7e6-k3e3/k3e3-k3e3/se:k3e3-k5e3/k3e3-k3e3")]
    [InlineData("resnet", "d1=1,w1=32,b1=4,k1=3,d2=1,w2=64,b2=4,k2=5,d3=1,w3=128,b3=4,k3=3,d4=1,w4=256,b4=4,k4=7")]
    [InlineData("vit(patch=8)", null)]
    public void BuildNetwork_OneStepOfTraining_LowersTheLossAndReachesEveryParameter(string id, string? text)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        Architecture architecture = text is null ? space.Sample(new Random(3)) : space.Parse(text);
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, new NetworkShape());
        Tensor images = NormalDraw.Of(16, 3, 32, 32), labels = arange(16, dtype: ScalarType.Int64, device: CPU).remainder(10);
        using optim.Optimizer optimizer = optim.SGD(network.parameters(), 0.02);
        Tensor loss = nn.functional.cross_entropy(network.call(images), labels);
        loss.backward();
        foreach ((string name, Tensor parameter) in network.named_parameters())
        {
            (parameter.grad is { } gradient && gradient.isfinite().all().item<bool>()).Should().BeTrue(name);
        }

        optimizer.step();

        using IDisposable guard = no_grad();
        nn.functional.cross_entropy(network.call(images), labels).item<float>().Should().BeLessThan(loss.item<float>());
    }

    [Theory]
    [InlineData("nb101(channels=10,cells=1)", 1)]
    [InlineData("darts(cells=4,channels=4)", 4)]
    [InlineData("mobilenet(width=0.15+0.25)", 1)]
    [InlineData("resnet", 1)]
    public void CostOf_AnyArchitectureAndShape_IsWhatTheNetworkHas(string id, int multiple)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        Gen.Select(Gen.Int, Gen.Int[1, 120], Gen.Int[1, 4], Gen.Int[8, 40], Gen.Int[8, 40]).Sample(
            (seed, classes, channels, height, width) =>
            {
                var shape = new NetworkShape { Classes = classes, Channels = channels, Height = height / multiple * multiple, Width = width / multiple * multiple };
                Architecture architecture = space.Sample(new Random(seed));
                return space.CostOf(architecture, shape) == NetworkCostMeter.Measure(space, architecture, shape);
            },
            iter: 4);
    }

    private static string? ErrorOf(ISearchSpace space, string text)
    {
        try
        {
            space.Parse(text);
            return null;
        }
        catch (ArchitectureFormatException exception)
        {
            exception.Message.Length.Should().BeLessThan(LongestMessage);
            exception.Message.Should().NotMatchRegex(@"\p{C}", "it is shown on a terminal");
            return exception.Message;
        }
    }

    private static IEnumerable<string> InPlaceOfTheLastNumber(string text, params string[] numbers)
    {
        int last = text.AsSpan().LastIndexOfAnyInRange('0', '9');
        return numbers.Select(number => string.Concat(text.AsSpan(0, last), number, text.AsSpan(last + 1)));
    }
}
