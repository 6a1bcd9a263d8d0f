using System.Collections.Immutable;
using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.NatsBench.Tests.Support;
using RankNas.SearchSpaces;

namespace RankNas.NatsBench.Tests.Files;

public sealed class NatsBenchFolderTests : IDisposable
{
    private const string TopologyFolder = "nats-bench-sample/NATS-tss-v1_0-3ffb9-simple";
    private const string SizeFolder = "nats-bench-sample/NATS-sss-v1_0-50262-simple";
    private const string First = "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|";
    private const string Twelfth = "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|none~0|nor_conv_3x3~1|avg_pool_3x3~2|";

    private static readonly NatsTopologySpace Topology = new();
    private static readonly NatsSizeSpace Size = new();

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(First, null, "nats-tss-accuracy.csv")]
    [InlineData(Twelfth, 200, "nats-tss-accuracy.csv")]
    [InlineData(First, 12, "nats-tss-accuracy-12-epochs.csv")]
    [InlineData(Twelfth, 12, "nats-tss-accuracy-12-epochs.csv")]
    public void Find_OfficialFile_HasTheAccuraciesOfThePublishedTables(string text, int? epochs, string table)
    {
        Architecture architecture = Topology.Parse(text);
        NatsBenchFolder folder = OpenTopology(new NatsBenchOptions { Epochs = epochs });

        IReadOnlyDictionary<string, Accuracy> found = folder.Find(architecture)!;

        IReadOnlyDictionary<string, Accuracy> expected = AccuracyTable.ReadCsv(TestData.Path(table), Topology).Find(architecture)!;
        found.Keys.Should().BeEquivalentTo(folder.DataSets).And.BeEquivalentTo("cifar10", "cifar100", "imagenet16-120");
        foreach (string dataSet in folder.DataSets)
        {
            // The tables are rounded to four decimals.
            found[dataSet].Validation.Should().BeApproximately(expected[dataSet].Validation!.Value, 0.00006, dataSet);
            found[dataSet].Test.Should().BeApproximately(expected[dataSet].Test!.Value, 0.00006, dataSet);
        }
    }

    [Fact]
    public void Find_SizeSpace_IsTheMeanAfter90Epochs()
    {
        IReadOnlyDictionary<string, Accuracy> found = OpenSize().Find(Size.Parse("8:8:8:8:8"))!;

        found["cifar10"].Should().Be(new Accuracy(76.88799998779297, 79.79));
        found["cifar100"].Should().Be(new Accuracy(32.23999996337891, 32.299999987792965));
        found["imagenet16-120"].Should().Be(new Accuracy(16.59999999745687, 15.53333334350586));
    }

    [Fact]
    public void Find_OneSeed_IsThatTraining()
    {
        Accuracy found = OpenTopology(new NatsBenchOptions { Seed = 888 }).Find(Topology.Parse(Twelfth))!["cifar10"];

        found.Validation.Should().BeApproximately(88.132, 1e-6);
        found.Test.Should().Be(91.76);
    }

    [Fact]
    public void Find_SeedThatTheArchitectureWasNotTrainedWith_LeavesTheDataSetsOut()
    {
        Architecture architecture = Topology.Parse(Twelfth);

        // After 12 epochs, 777 is there for CIFAR-10's validation accuracy alone.
        OpenTopology(new NatsBenchOptions { Epochs = 12, Seed = 777 }).Find(architecture)!.Should().BeEmpty();
        OpenTopology(new NatsBenchOptions { Epochs = 12, Seed = 111 }).Find(architecture)!.Should().HaveCount(3);
    }

    [Fact]
    public void FindValidationCurves_TwelveEpochs_AreTheMeanOverTheSeedsAfterEach()
    {
        NatsBenchFolder folder = OpenTopology(new NatsBenchOptions { Epochs = 12 });
        Architecture architecture = Topology.Parse(Twelfth);
        IReadOnlyDictionary<string, ImmutableArray<double>> curves = folder.FindValidationCurves(architecture)!;

        // Of the seeds 777 and 111, read with Python's pickle.
        curves["cifar10"].Should().HaveCount(12);
        curves["cifar10"][0].Should().BeApproximately((27.508 + 30.008) / 2, 1e-6);
        curves["cifar10"][3].Should().BeApproximately((39.076 + 39.932) / 2, 1e-6);
        foreach (string dataSet in folder.DataSets)
        {
            curves[dataSet][^1].Should().BeApproximately(folder.Find(architecture)![dataSet].Validation!.Value, 1e-9, dataSet);
        }
    }

    [Fact]
    public void FindTraining_TwelveEpochs_HasWhatASearchPays()
    {
        NatsBenchFolder folder = OpenTopology(new NatsBenchOptions { Epochs = 12 });

        TrainingRecord first = folder.FindTraining(Topology.Parse(First))!["cifar10"];
        TrainingRecord twelfth = folder.FindTraining(Topology.Parse(Twelfth))!["cifar10"];

        first.TrainSeconds.Should().BeApproximately(86.65311598777771, 1e-9);
        first.ValidationSeconds.Should().BeApproximately(2.5489792369660877, 1e-9);
        first.SearchSeconds.Should().BeApproximately(89.2020952247438, 1e-9);
        twelfth.SearchSeconds.Should().BeApproximately(149.54468154907227 + 4.151251713434855, 1e-9);
        OpenSize(new NatsBenchOptions { Epochs = 12 }).FindTraining(Size.Parse("8:8:8:8:8"))!["cifar10"].SearchSeconds
            .Should().BeApproximately(42.577091217041016 + 1.2194578647613525, 1e-9);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData(12, 12)]
    public void FindTraining_Topology_HasCosts(int? epochs, int expected)
    {
        TrainingRecord record = OpenTopology(new NatsBenchOptions { Epochs = epochs }).FindTraining(Topology.Parse(Twelfth))!["imagenet16-120"];

        record.Epochs.Should().Be(expected);
        record.ParametersMillions.Should().BeApproximately(0.809576, 1e-9);
        record.FlopsMillions.Should().BeApproximately(28.49548, 1e-9);
        record.LatencySeconds.Should().BeApproximately(0.016465004285176593, 1e-12);
        record.TrainSeconds.Should().BeApproximately(907.4371276397707 / 12 * expected, 1e-6);
        record.ValidationSeconds.Should().BeApproximately(0.49815020561218265, 1e-9);
    }

    [Fact]
    public void FindTraining_Parameters_AreThoseOfTheNetwork()
    {
        Architecture architecture = Topology.Parse(First);

        TrainingRecord record = OpenTopology().FindTraining(architecture)!["cifar10"];

        NetworkCost cost = Topology.Describe(architecture, new NetworkShape()).Cost;
        (record.ParametersMillions * 1e6).Should().BeApproximately(cost.Parameters, 0.5);
    }

    [Fact]
    public void FindTraining_OneEpoch_IsFoundUnderItsNameOfTwoDigits() =>
        OpenSize(new NatsBenchOptions { Epochs = 1 }).FindTraining(Size.Parse("8:8:8:8:8"))!["cifar10"].Accuracy
            .Should().Be(new Accuracy(28.700000000610352, 39.58));

    [Fact]
    public void Find_ArchitectureWithoutAFile_IsNull() => OpenTopology().Find(Topology.FromIndex(0)).Should().BeNull();

    [Fact]
    public void Find_NoArchitectureOfTheSpace_Throws()
    {
        NatsBenchFolder folder = OpenTopology();
        FluentActions.Invoking(() => folder.Find(Size.FromIndex(0))).Should().Throw<ArchitectureFormatException>();
    }

    [Fact]
    public void Find_EpochsThatTheSpaceLacks_NamesTheOnesThereAre()
    {
        NatsBenchFolder folder = OpenTopology(new NatsBenchOptions { Epochs = 90 });
        FluentActions.Invoking(() => folder.Find(Topology.Parse(First)))
            .Should().Throw<InvalidDataException>().WithMessage("*000000.pickle.pbz2' has no training of 90 epochs: take one of 12, 200.");
    }

    [Fact]
    public void Find_FolderOfTheOtherSpace_SaysSo()
    {
        NatsBenchFolder folder = NatsBenchFolder.Open(TestData.Path(SizeFolder), Topology);
        FluentActions.Invoking(() => folder.Find(Topology.FromIndex(0)))
            .Should().Throw<InvalidDataException>().WithMessage("*meta.pickle.pbz2' is no list of the architectures of nats-tss: it lists 32768 architectures where 15625 are*");
    }

    [Fact]
    public void Find_FileOfAnotherArchitecture_IsRefused()
    {
        CopyMeta();
        File.Copy(TestData.Path($"{TopologyFolder}/000011.pickle.pbz2"), _folder.File("000000.pickle.pbz2"));

        FluentActions.Invoking(() => NatsBenchFolder.Open(_folder.Path, Topology).Find(Topology.Parse(First)))
            .Should().Throw<InvalidDataException>().WithMessage($"*000000.pickle.pbz2'*'200/arch_str' is '{Twelfth}' where it should be '{First}'*");
    }

    [Fact]
    public void Find_FileOfSeveralStreams_IsRead()
    {
        CopyMeta();
        File.Copy(TestData.Case("multistream-000011.pickle.pbz2"), _folder.File("000011.pickle.pbz2"));

        Architecture twelfth = Topology.Parse(Twelfth);
        NatsBenchFolder.Open(_folder.Path, Topology).Find(twelfth).Should().BeEquivalentTo(OpenTopology().Find(twelfth));
    }

    [Theory]
    [InlineData("nats-seeds-dup-both.pbz2", "*/dataset_seed/cifar10-valid' has 200000 seeds, and 20 are plenty*")]
    [InlineData("nats-arch-ansi.pbz2", @"*'200/arch_str' is '*\u{1b}*")]
    public void Find_CaseThatFailedOnce_IsRefusedAtOnceInPlainText(string file, string message)
    {
        CopyMeta();
        File.Copy(TestData.Case(file), _folder.File("000000.pickle.pbz2"));
        NatsBenchFolder folder = NatsBenchFolder.Open(_folder.Path, Topology);

        FluentActions.Invoking(() => folder.Find(Topology.Parse(First))).Should().Throw<InvalidDataException>().WithMessage(message)
            .Which.Message.Should().NotMatchRegex("[\\x00-\\x1f\\x7f]");
    }

    [Fact]
    public void Find_ManyAtOnce_FindsTheSame()
    {
        NatsBenchFolder folder = OpenTopology();

        Accuracy[] found = new Accuracy[16];
        Parallel.For(0, found.Length, index => found[index] = folder.Find(Topology.Parse(First))!["cifar10"]);

        found.Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData("(d.", "*has no 'meta_archs'*")]
    [InlineData("N.", "*the whole is no dict*")]
    [InlineData("}Vmeta_archs\nK\u0001s.", "*'meta_archs' is no list*")]
    [InlineData("}Vmeta_archs\n](K\u0001K\u0002K\u0003es.", "*lists 3 architectures where 27 are*")]
    public void Find_MetaOfAnotherShape_SaysWhatIsMissing(string pickle, string message)
    {
        WriteMeta(pickle);

        FluentActions.Invoking(() => NatsBenchFolder.Open(_folder.Path, new TinySpace()).Find(new TinySpace().FromIndex(0)))
            .Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void Find_MetaWithAnArchitectureTwice_IsRefused()
    {
        Architecture first = new TinySpace().FromIndex(0);
        WriteMeta("}Vmeta_archs\n](" + string.Concat(Enumerable.Repeat($"V{first}\n", 27)) + "es.");

        FluentActions.Invoking(() => NatsBenchFolder.Open(_folder.Path, new TinySpace()).Find(first))
            .Should().Throw<InvalidDataException>().WithMessage($"*'meta_archs' has '{first}' twice*");
    }

    [Fact]
    public void Find_MetaMendedAfterAFailure_Works()
    {
        File.WriteAllText(_folder.File("meta.pickle.pbz2"), "damaged");
        NatsBenchFolder folder = NatsBenchFolder.Open(_folder.Path, Topology);
        FluentActions.Invoking(() => folder.Find(Topology.Parse(First))).Should().Throw<InvalidDataException>();

        CopyMeta();

        folder.Find(Topology.Parse(First)).Should().BeNull("there is no file of it");
    }

    [Fact]
    public void Open_NoFolderOrNoMeta_SaysWhichFolderToName()
    {
        FluentActions.Invoking(() => NatsBenchFolder.Open(_folder.File("nowhere"), Topology)).Should().Throw<DirectoryNotFoundException>().WithMessage("*nowhere*NATS-tss-v1_0-3ffb9-simple*");
        FluentActions.Invoking(() => NatsBenchFolder.Open(_folder.Path, Topology)).Should().Throw<InvalidDataException>().WithMessage("*has no 'meta.pickle.pbz2'*");
    }

    [Fact]
    public void Options_OutOfRange_SayWhatThereIs()
    {
        FluentActions.Invoking(() => new NatsBenchOptions { Epochs = 100 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Epochs is 100: NATS-Bench has 1, 12, 90, 200; null takes the longest.*");
        FluentActions.Invoking(() => new NatsBenchOptions { Seed = 1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Seed is 1: NATS-Bench has 111, 777, 888, 999; null takes the mean over all.*");
    }

    private static NatsBenchFolder OpenTopology(NatsBenchOptions? options = null) => NatsBenchFolder.Open(TestData.Path(TopologyFolder), Topology, options);

    private static NatsBenchFolder OpenSize(NatsBenchOptions? options = null) => NatsBenchFolder.Open(TestData.Path(SizeFolder), Size, options);

    private void CopyMeta()
    {
        File.Delete(_folder.File("meta.pickle.pbz2"));
        File.Copy(TestData.Path($"{TopologyFolder}/meta.pickle.pbz2"), _folder.File("meta.pickle.pbz2"));
    }

    private void WriteMeta(string pickle) => File.WriteAllBytes(_folder.File("meta.pickle.pbz2"), PickleBytes.Pack(PickleBytes.Of(pickle)));
}
