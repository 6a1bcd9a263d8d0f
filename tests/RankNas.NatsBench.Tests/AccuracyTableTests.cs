using System.IO.Compression;
using CsCheck;
using RankNas.SearchSpaces;

namespace RankNas.NatsBench.Tests;

public sealed class AccuracyTableTests : IDisposable
{
    private static readonly NatsTopologySpace Space = new();

    private static readonly NatsSizeSpace Size = new();

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

    [Fact]
    public void ReadCsv_WholeSizeSpaceWithTestAccuraciesAlone_HasNoValidationAccuracy()
    {
        AccuracyTable table = AccuracyTable.ReadCsv(TestData.Path("nats-sss-accuracy.csv"), Size);

        table.Count.Should().Be(32_768);
        table.DataSets.Should().Equal("cifar10", "cifar100", "imagenet16-120");
        table.Find(Size.FromIndex(0))!["cifar10"].Should().Be(new Accuracy(null, 79.79));
        table.IndexOf(Size.FromIndex(1)).Should().Be(1);
    }

    [Fact]
    public void ReadCsv_NamedColumns_ReadsAnyTable()
    {
        var macro = new EightLayers();
        AccuracyTable table = AccuracyTable.ReadCsv(
            TestData.Path("nas-bench-macro-cifar10.csv"), macro, AccuracyColumns.Parse("architecture=arch,cifar10=/mean_acc"));

        table.Count.Should().Be(6_561);
        Enumerable.Range(0, 6_561).Max(index => table.Find(macro.FromIndex(index))!["cifar10"].Test).Should().BeApproximately(93.13, 0.01);
        table.IndexOf(macro.FromIndex(0)).Should().BeNull();
    }

    [Theory]
    [InlineData("net;val;tst\r\n8:8:8:8:8;70.5;71.25\r\n", "architecture=net,flowers=val/tst,separator=semicolon", 70.5, 71.25)]
    [InlineData("net\tval\n8:8:8:8:8\t70.5", "architecture=net,flowers=val/,separator=tab", 70.5, null)]
    [InlineData("net|tst\n\"8:8:8:8:8\"|70.5", "architecture=net, flowers = / tst, separator=bar", null, 70.5)]
    [InlineData("arch,tst\n8:8:8:8:8,0.07", "flowers=/tst,unit=fraction", null, 7.0)]
    [InlineData("arch,tst\n8:8:8:8:8,0.07", "flowers=/tst,unit=percent", null, 0.07)]
    [InlineData("number,tst\n0,1.2e1", "index=number,flowers=/tst", null, 12.0)]
    [InlineData("number,arch,tst\n7,8:8:8:8:8,12", "index=number,architecture=arch,flowers=/tst", null, 12.0)]
    public void ReadCsv_ColumnsFromText_AreTaken(string text, string columns, double? validation, double? test)
    {
        AccuracyTable table = AccuracyTable.ReadCsv(Write(text), Size, AccuracyColumns.Parse(columns));
        table.DataSets.Should().Equal("flowers");
        table.Find(Size.FromIndex(0))!["flowers"].Should().Be(new Accuracy(validation, test));
    }

    [Fact]
    public void ReadCsv_CompressedUnderAnyName_IsUnpacked()
    {
        using (FileStream file = File.Create(_folder.File("table.csv")))
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
        {
            gzip.Write("\uFEFFarch,c10_test\r\n8:8:8:8:8,90\r\n"u8);
        }

        AccuracyTable.ReadCsv(_folder.File("table.csv"), Size).Count.Should().Be(1);
    }

    [Theory]
    [InlineData("decimal-comma.csv", "*line 2: column 2 (c10_valid): '9,8' is no number: write it with a decimal point*")]
    [InlineData("arch-ansi.csv", @"*line 2: '\u{1b}]0;PWNED\u{7}\u{1b}[2J\u{1b}[31mevil' is no architecture of nats-tss*")]
    public void ReadCsv_CaseThatFailedOnce_IsRefusedInPlainText(string file, string message) =>
        FluentActions.Invoking(() => AccuracyTable.ReadCsv(TestData.Case(file), Space)).Should().Throw<InvalidDataException>().WithMessage(message)
            .Which.Message.Should().NotMatchRegex("[\\x00-\\x1f\\x7f]");

    [Theory]
    [InlineData("", "*line 1: the file is empty*")]
    [InlineData("a,b\n1,2\n", "*the header is 'a,b', which lacks arch*--columns*")]
    [InlineData("arch;c10_test\n8:8:8:8:8;90\n", "*the header is 'arch;c10_test', which has no comma: where its separator is a semicolon, add separator=semicolon*")]
    [InlineData("arch,c10_test\n8:8:8:8,90\n", "*line 2: '8:8:8:8' is no architecture of nats-sss*")]
    [InlineData("arch,c10_test\n8:8:8:8:8,900\n", "*line 2: column 2 (c10_test): '900' is not from 0 to 100: accuracies are in percent*")]
    [InlineData("arch,c10_test\n8:8:8:8:8,-1\n", "*column 2 (c10_test): '-1' is not from 0 to 100*")]
    [InlineData("arch,c10_test\n8:8:8:8:8,NaN\n", "*column 2 (c10_test): 'NaN' is no number*")]
    [InlineData("arch,c10_test\n8:8:8:8:8,inf\n", "*column 2 (c10_test): 'inf' is no number*")]
    [InlineData("arch,c10_test\n8:8:8:8:8,\n", "*column 2 (c10_test): '' is empty*")]
    [InlineData("arch,c10_test\n8:8:8:8:8,\"1,000.5\"\n", "*column 2 (c10_test): '1,000.5' is no number*")]
    [InlineData("arch,c10_test\n8:8:8:8:8,0.9\n16:8:8:8:8,0.8\n", "*column 2 (c10_test) is at most 0.9: these are fractions; percent are expected*unit=fraction*")]
    [InlineData("arch,c10_test\n8:8:8:8:8,90\n16:8:8:8:8,90\n 8:8:8:8:8 ,91\n", "*line 4: column 1 (arch): ' 8:8:8:8:8 ' is on line 2 already*")]
    [InlineData("index,arch,c10_test\n0,8:8:8:8:8,90\n0,16:8:8:8:8,90\n", "*line 3: column 1 (index): '0' is on line 2 already*")]
    [InlineData("index,arch,c10_test\n1.0,8:8:8:8:8,90\n", "*line 2: column 1 (index): '1.0' is no whole number from 0*")]
    [InlineData("index,arch,c10_test\n-1,8:8:8:8:8,90\n", "*line 2: column 1 (index): '-1' is no whole number from 0*")]
    [InlineData("index,arch,c10_test\n0,8:8:8:8:8\n", "*line 2: it has 2 fields where the header has 3*")]
    [InlineData("arch,c10_test,c10_test\n8:8:8:8:8,90,90\n", "*line 1: the header has 'c10_test' twice*")]
    [InlineData("arch,c10_test\n", "*there is no row after the header*")]
    public void ReadCsv_Malformed_NamesThePlace(string text, string message) =>
        FluentActions.Invoking(() => AccuracyTable.ReadCsv(Write(text), Size)).Should().Throw<InvalidDataException>().WithMessage($"'*table.csv' is no table of accuracies: {message}");

    [Theory]
    [InlineData("flowers=/none", "*there is no column 'none': the header is 'arch,a'*")]
    [InlineData("architecture=x,flowers=/a", "*there is no column 'x': the header is 'arch,a'*")]
    [InlineData("index=arch,flowers=/a", "*line 2: column 1 (arch): '8:8:8:8:8' is no index of nats-sss: those go from 0 to 32767*")]
    [InlineData("flowers=/a,separator=semicolon", "*there is no column 'arch': the header is 'arch,a'*")]
    [InlineData("flowers=/a,unit=fraction", "*column 2 (a): '90' is not from 0 to 1: accuracies are in fractions of 1*")]
    public void ReadCsv_OtherColumns_QuotesTheHeader(string columns, string message) =>
        FluentActions.Invoking(() => AccuracyTable.ReadCsv(Write("arch,a\n8:8:8:8:8,90\n"), Size, AccuracyColumns.Parse(columns)))
            .Should().Throw<InvalidDataException>().WithMessage(message);

    [Theory]
    [InlineData("", "'' should be a name and a column*")]
    [InlineData("architecture=arch", "*names no data set: write for example architecture=arch,flowers=val_acc/test_acc.")]
    [InlineData("flowers=acc", "*joined by '/': write flowers=val_acc/test_acc, flowers=/test_acc or flowers=val_acc/.")]
    [InlineData("flowers=/", "*joined by '/'*")]
    [InlineData("flowers=a/a", "*joined by '/'*")]
    [InlineData("flowers=a/b/c", "*joined by '/'*")]
    [InlineData("flowers=a/b,flowers=c/d", "'flowers=c/d' should be a name and a column, each name once*")]
    [InlineData("flowers=a/b,separator=dot", "separator is 'dot': write one of comma, semicolon, tab, bar, space.")]
    [InlineData("flowers=a/b,unit=permille", "unit is 'permille': write percent or fraction.")]
    public void Parse_NoColumns_SaysWhatToWrite(string text, string message) =>
        FluentActions.Invoking(() => AccuracyColumns.Parse(text)).Should().Throw<FormatException>().WithMessage(message);

    [Theory]
    [MemberData(nameof(SpecialFiles.Kinds), MemberType = typeof(SpecialFiles))]
    public void ReadCsv_NoFile_IsRefusedAtOnce(string kind) =>
        FluentActions.Invoking(() => AccuracyTable.ReadCsv(SpecialFiles.Create(_folder, kind), Size)).Should().Throw<InvalidDataException>().WithMessage("*, not a file: name a CSV file of accuracies.");

    [Fact]
    public void ReadCsv_ChangedBytesOfARealTable_IsATableOrRefusedInPlainText()
    {
        byte[] real = [.. File.ReadLines(TestData.Path("nats-sss-accuracy.csv")).Take(40).SelectMany(line => System.Text.Encoding.UTF8.GetBytes(line + "\n"))];
        Gen.Select(Gen.Int[0, real.Length - 1], Gen.Byte, Gen.Int[0, real.Length - 1]).Sample(
            (position, value, length) =>
            {
                byte[] changed = [.. real];
                changed[position] = value;
                string path = _folder.File(Guid.NewGuid().ToString());
                File.WriteAllBytes(path, position % 4 == 0 ? changed[..length] : changed);
                try
                {
                    AccuracyTable.ReadCsv(path, Size);
                }
                catch (InvalidDataException exception)
                {
                    exception.Message.Should().NotMatchRegex("[\\x00-\\x1f\\x7f]");
                }
            },
            iter: 500);
    }

    private string Write(string text)
    {
        File.WriteAllText(_folder.File("table.csv"), text);
        return _folder.File("table.csv");
    }

    /// <summary>NAS-Bench-Macro: eight layers, each of three, written as eight digits.</summary>
    private sealed class EightLayers() : GenomeSearchSpace("macro", [3, 3, 3, 3, 3, 3, 3, 3])
    {
        public override Architecture Parse(string text) => Create([.. text.Select(digit => digit - '0')]);

        protected override string Format(ReadOnlySpan<int> genes) => string.Concat(genes.ToArray());
    }
}
