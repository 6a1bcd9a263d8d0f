namespace RankNas.Tests;

public sealed class AccuracyTableTests : IDisposable
{
    private static readonly NatsTopologySpace Space = new();

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadCsv_WholeTopologySpace_HasEveryAccuracy()
    {
        AccuracyTable table = AccuracyTable.ReadCsv(TestData.Path("nats-tss-accuracy.csv"), Space);

        table.Count.Should().Be(15_625);
        table.DataSets.Should().Equal("cifar10", "cifar100", "imagenet16-120");
        IReadOnlyDictionary<string, Accuracy> first = table.Find(
            Space.Parse("|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|"))!;
        first["cifar10"].Should().Be(new Accuracy(81.9827, 85.8633));
        first["imagenet16-120"].Should().Be(new Accuracy(28.2111, 26.6333));
        Enumerable.Range(0, 15_625).Max(index => table.Find(Space.FromIndex(index))!["cifar10"].Test).Should().BeApproximately(94.37, 0.005);
    }

    [Theory]
    [InlineData("", "*the file is empty*")]
    [InlineData("a,b\n1,2\n", "*the first line names other columns*")]
    [InlineData("arch,c10_valid,c10_test\n8:8:8:8:8,90,90\n", "*line 2*is no architecture of nats-tss*")]
    [InlineData("arch,c10_valid,c10_test\n|none~0|+|none~0|none~1|+|none~0|none~1|none~2|,90,900\n", "*line 2*c10_test is 900: it is in percent*")]
    [InlineData("arch,c10_valid,c10_test\n|none~0|+|none~0|none~1|+|none~0|none~1|none~2|,ninety,90\n", "*line 2*")]
    public void ReadCsv_Malformed_NamesTheLine(string text, string message)
    {
        File.WriteAllText(_folder.File("table.csv"), text);

        FluentActions.Invoking(() => AccuracyTable.ReadCsv(_folder.File("table.csv"), Space)).Should().Throw<InvalidDataException>().WithMessage(message);
    }
}
