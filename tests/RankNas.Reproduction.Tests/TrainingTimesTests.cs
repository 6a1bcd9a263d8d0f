using System.Globalization;
using RankNas.NatsBench;
using RankNas.SearchSpaces;

namespace RankNas.Reproduction.Tests;

public sealed class TrainingTimesTests : IDisposable
{
    private static readonly NatsTopologySpace Space = new();

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadCsv_TimesThatAddUpByOperation_AreModelledExactly()
    {
        AccuracyTable order = Order();
        TrainingTimes times = TrainingTimes.ReadCsv(File("t.csv", Rows(order, 60)), Space, order, "cifar10");

        times.Known.Should().Be(60);
        times.HeldOutError.Should().BeLessThan(1e-9);
        Architecture unseen = Space.Create(CellOperation.Convolution3x3, CellOperation.Convolution3x3, CellOperation.None, CellOperation.SkipConnect,
            CellOperation.AveragePooling3x3, CellOperation.Convolution1x1);
        double whole = Whole(unseen);
        times.SecondsOf(unseen).Should().BeApproximately((whole / 2) + (2.5 * whole / 10 / 12), 1e-6, "half of the images are trained on, and 2.5 times the test set's are evaluated");
        times.SecondsOf(unseen, epochs: 3).Should().BeApproximately((whole / 2 / 4) + (2.5 * whole / 10 / 12), 1e-6);
    }

    [Theory]
    [InlineData("index,c10_12_train_s\n0,1", "line 1: there is no column 'c10_12_test_s'; the header is index,c10_12_train_s")]
    [InlineData("index,c10_12_train_s,c10_12_test_s\n0,1,-1", "line 2: column 3 (c10_12_test_s): '-1' is no number of seconds greater than 0")]
    [InlineData("index,c10_12_train_s,c10_12_test_s\n999999,1,1", "line 2: column 1 (index): '999999' is the index of no architecture of the benchmark")]
    [InlineData("index,c10_12_train_s,c10_12_test_s\n0,1,1\n0,1,1", "line 3: column 1 (index): '0' is there twice")]
    [InlineData("index,c10_12_train_s,c10_12_test_s\n0,1,1", "there are times of 1 architectures, and a model needs 20")]
    public void ReadCsv_AFileThatIsNoSuchTable_SaysWhere(string text, string message)
    {
        string file = File("wrong.csv", text);
        FluentActions.Invoking(() => TrainingTimes.ReadCsv(file, Space, Order(), "cifar10")).Should().Throw<InvalidDataException>()
            .WithMessage($"'{file}', {message}.");
    }

    [Fact]
    public void ReadCsv_AnotherDataSet_SaysWhichThereAre() =>
        FluentActions.Invoking(() => TrainingTimes.ReadCsv("t.csv", Space, Order(), "flowers")).Should().Throw<ArgumentException>()
            .WithMessage("The data set is 'flowers': it is one of cifar10, cifar100, imagenet16-120.*").WithParameterName("dataSet");

    // NumPy's lstsq of train/2 + 2.5·test/12 by the numbers of skip_connect, nor_conv_1x1, nor_conv_3x3 and avg_pool_3x3, fitted to the even rows.
    [Fact]
    public void ReadCsv_TheOfficialTimes_AreModelledAsNumPyDoes()
    {
        TrainingTimes times = TrainingTimes.ReadCsv(
            TestData.Path("nats-tss-times-1000.csv"), Space, AccuracyTable.ReadCsv(TestData.Path("nats-tss-accuracy.csv"), Space), "cifar10");

        times.Known.Should().Be(1000);
        times.HeldOutError.Should().BeApproximately(0.0155656, 1e-5);
        Architecture first = Space.Parse("|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|");
        times.SecondsOf(first).Should().BeApproximately((173.31 / 2) + (2.5 * 12.24 / 12), 1e-9, "the official file has 89 s");
        Enumerable.Range(0, 15_625).Average(index => times.SecondsOf(Space.FromIndex(index))).Should().BeApproximately(112.7689, 1e-3);
    }

    private static double Whole(Architecture architecture) => 40 + architecture.Genes.Sum(gene => new double[] { 0, 1, 20, 30, 10 }[gene]);

    private static string Rows(AccuracyTable order, int count) => "index,c10_12_train_s,c10_12_test_s\n" + string.Join('\n', Enumerable.Range(0, count).Select(
        index => string.Create(CultureInfo.InvariantCulture, $"{index},{Whole(order.AtIndex(index)!)},{Whole(order.AtIndex(index)!) / 10}")));

    private AccuracyTable Order()
    {
        var random = new Random(1);
        string[] rows = [.. Enumerable.Range(0, 400).Select(_ => Space.Sample(random)).Distinct().Select((architecture, index) => $"{index},{architecture},50,50")];
        return AccuracyTable.ReadCsv(File("a.csv", "index,arch,c10_valid,c10_test\n" + string.Join('\n', rows)), Space);
    }

    private string File(string name, string text)
    {
        string path = _folder.File(name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
