using CsCheck;
using RankNas.NatsBench.Pickle;
using RankNas.NatsBench.Tests.Support;

namespace RankNas.NatsBench.Tests.Pickle;

public class PickleReaderTests
{
    // Every instruction that does something without bytes of its own after it, and some that have.
    private const string Instructions = "()012NKKaelt]}s.uRbdhqq\u0085\u0086\u0087\u0088\u0089\u008f\u0090\u0091\u0093\u0094\u008a\u008cX";

    private static readonly byte[] Small = PickleBytes.Of(
        "\u0080\u0004\u0095\u0025\0\0\0\0\0\0\0}\u0094(\u008c\u0001a\u0094]\u0094(K\u0001G?\u00f0\0\0\0\0\0\0e\u008c\u0001b\u0094C\u0002xyK\u0002\u0086\u0094u.");

    [Fact]
    public void Read_NumPyNumber_IsANumber()
    {
        const string Scalar = "\u0080\u0002cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\n(X\u0002\0\0\0f8K\0K\u0001tR(K\u0003X\u0001\0\0\0<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb";

        PickleBytes.Read(Scalar + "C\u0008\0\0\0\0\0\0\u00f8?\u0086R.").Should().Be(1.5);
        FluentActions.Invoking(() => PickleBytes.Read(Scalar + "C\u0004\0\0\0\0\u0086R.")).Should().Throw<InvalidDataException>().WithMessage("*NumPy number of an unknown kind*");
        FluentActions.Invoking(() => PickleBytes.Read(Scalar.Replace('<', '>') + "C\u0008\0\0\0\0\0\0\u00f8?\u0086R.")).Should().Throw<InvalidDataException>().WithMessage("*little-endian*");
    }

    [Theory]
    [InlineData("cos\nsystem\n(Vtrue\ntR.", "os.system")]
    [InlineData("\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093.", "os.system")]
    [InlineData("(Vtrue\nios\nsystem\n.", "os.system")]
    [InlineData("(icollections\nOrderedDict\n.", "collections.OrderedDict")]
    [InlineData("cbuiltins\neval\n.", "builtins.eval")]
    [InlineData("c__builtin__\ngetattr\n.", "__builtin__.getattr")]
    [InlineData("ccollections\ndefaultdict\n.", "collections.defaultdict")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n.", "torch._utils._rebuild_tensor_v2")]
    [InlineData("ca\u001b[2J\nb\n.", @"a\u{1b}[2J.b")]
    [InlineData("(ccollections\nOrderedDict\no.", "instruction Obj")]
    [InlineData("ccollections\nOrderedDict\n)\u0081.", "instruction NewObj")]
    [InlineData("ccollections\nOrderedDict\n)}\u0092.", "instruction NewObjEx")]
    [InlineData("\u0082\u0007.", "extension 7")]
    [InlineData("\u0083\u0007\u0001.", "extension 263")]
    [InlineData("\u0084\u0007\0\0\0.", "extension 7")]
    [InlineData("Psomething\n.", "persistent id something")]
    [InlineData("NQ.", "instruction BinPersId")]
    [InlineData("Vos.system\n)R.", "a value")]
    public void Read_AsksPythonToRunSomething_IsRefusedByName(string pickle, string name) =>
        FluentActions.Invoking(() => PickleBytes.Read(pickle))
            .Should().Throw<InvalidDataException>().WithMessage($"'some.pickle' is damaged, or no file of NATS-Bench: it asks Python to run '{name}'*nothing was run*");

    [Theory]
    [InlineData("}}b.", "*state of a number*")]
    [InlineData("ccollections\nOrderedDict\n)R)b.", "*kind of number*")]
    [InlineData("cbuiltins\nset\n(K\u0001K\u0002tR.", "*makes a value of the kind Set*")]
    [InlineData("", "*ends in the middle (byte 0*")]
    [InlineData("N", "*ends in the middle (byte 1*")]
    [InlineData(".", "*takes a value where there is none*")]
    [InlineData("N.N", "*something follows its end*")]
    [InlineData("t.", "*mark where there is none*")]
    [InlineData("N(\u0085.", "*takes a value where there is none*")]
    [InlineData("h\u0005.", "*refers back to value 5*")]
    [InlineData("}(Nu.", "*key without a value*")]
    [InlineData("}]Ns.", "*uses a collection*as a key*")]
    [InlineData("\u008f(\u008f\u0090.", "*uses a collection*as a key*")]
    [InlineData("(\u0091(N\u0090.", "*adds to a frozenset*")]
    [InlineData("N(Ne.", "*no list*")]
    [InlineData("\u0080\u0006N.", "*protocol 6*")]
    [InlineData("\u0000N.", "*0x00 is no instruction*")]
    [InlineData("S'a'\n.", "*0x53 is no instruction*")]
    [InlineData("\u0097.", "*0x97 is no instruction*")]
    [InlineData("Ix\n.", "*integer is none*")]
    [InlineData("Fx\n.", "*number is none*")]
    [InlineData("gx\n.", "*reference is no number*")]
    [InlineData("V\\u12\n.", "*broken escape*")]
    [InlineData("V\\UFFFFFFFF\n.", "*broken escape*")]
    [InlineData("\u008c\u0001\u00ff.", "*not in UTF-8*")]
    [InlineData("c_codecs\nencode\nV\\u20ac\nVlatin1\n\u0086R.", "*no bytes*")]
    public void Read_Malformed_SaysWhatIsWrong(string pickle, string message) =>
        FluentActions.Invoking(() => PickleBytes.Read(pickle)).Should().Throw<InvalidDataException>().WithMessage(message);

    [Fact]
    public void Read_SurrogateEscape_IsKeptOrRefusedButNeverThrowsOtherwise() => DataOrInvalid(PickleBytes.Of("V\\U0000d800\n."));

    [Fact]
    public void Read_PickleCutAnywhere_IsRefused()
    {
        Description.Of(PickleBytes.Read(Small)).Should().Be("{s0061:[i1,f3ff0000000000000],s0062:(b7879,i2)}");
        for (int length = 0; length < Small.Length; length++)
        {
            byte[] cut = Small[..length];
            FluentActions.Invoking(() => PickleBytes.Read(cut)).Should().Throw<InvalidDataException>().WithMessage("*ends in the middle*");
        }
    }

    [Fact]
    public void Read_RandomBytes_AreDataOrInvalid() => Gen.Byte.Array[0, 200].Sample(DataOrInvalid, iter: 20_000);

    [Fact]
    public void Read_RandomInstructions_AreDataOrInvalid() =>
        Gen.OneOf(Gen.Int[0, Instructions.Length - 1].Select(index => (byte)Instructions[index]), Gen.Byte[0, 4]).Array[1, 80]
            .Sample(program => DataOrInvalid([.. program, (byte)'.']), iter: 50_000);

    [Theory]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffabc", "*texts are longer*")]
    [InlineData("\u008d\u0000\u0000\u0000\u0040\u0000\u0000\u0000\u0000abc", "*texts are longer*")]
    [InlineData("\u008d\u0000\u0000\u00ff\u0000\u0000\u0000\u0000\u0000abc", "*ends in the middle*")]
    [InlineData("B\u0000\u0000\u00ff\u0000abc", "*ends in the middle*")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ffabc", "*texts are longer*")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u007fabc", "*an integer has*")]
    public void Read_ClaimsAHugeLength_IsRefusedWithoutTheMemory(string pickle, string message)
    {
        byte[] bytes = PickleBytes.Of(pickle);
        _ = Refusal(bytes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException refusal = Refusal(bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        refusal.Message.Should().Match(message);
        allocated.Should().BeLessThan(1_000_000);
    }

    public static TheoryData<string, string> Bombs { get; } = new()
    {
        // Each doubles what is there, by reference.
        { "}N" + string.Concat(Enumerable.Repeat("2\u0086", 100)) + "Ns.", "*uses a collection*as a key*" },
        { "}(" + string.Concat(Enumerable.Repeat("2\u0086", 10)), "*takes a value where there is none*" },
        { "X\0\0\u0010\0" + new string('x', 1 << 20) + "q\0c_codecs\nencode\nq\u0001" + string.Concat(Enumerable.Repeat("h\u0001h\0X\u0006\0\0\0latin1\u0086R", 20)), "*texts are longer*" },
        { "(" + new string('N', 100_000) + "lq\0cbuiltins\nset\nq\u0001" + string.Concat(Enumerable.Repeat("h\u0001h\0\u0085R", 20)), "*more than 1,000,000 values*" },
        { "}X\0\0\u0010\0" + new string('x', 1 << 20) + "Ns.", "*uses a collection or a very long text as a key*" },
        { new string('N', 1_000_001), "*more than 1,000,000 values*" },
        { new string('(', 257), "*nested deeper than 256*" },
        { "N" + new string('\u0094', 500_001), "*keeps more than 500,000*" },
        { "I" + new string('9', 5000) + "\n.", "*a line is longer than 4,300*" },
        { "V" + new string('x', 17 << 20), "*a line is longer than*" },
        { "c" + new string('x', 5000) + "\nx\n.", "*a line is longer than 256*" },
        { new string('\u0095', 33 << 20), "*longer than 33,554,432 bytes*" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Bombs))]
    public void Read_Bomb_IsRefused(string pickle, string message) => Refusal(PickleBytes.Of(pickle)).Message.Should().Match(message);

    [Fact]
    public void Read_SharedTuplesAreData_HoweverLargeTheyWouldBeWrittenOut() =>
        PickleBytes.Read("N" + string.Concat(Enumerable.Repeat("2\u0086", 100)) + ".").Should().BeOfType<PickleTuple>();

    [Fact]
    public void Read_ListThatHoldsItself_IsData()
    {
        var list = (List<object?>)PickleBytes.Read("]q\0h\0a.")!;

        list.Should().ContainSingle().Which.Should().BeSameAs(list);
    }

    private static InvalidDataException Refusal(byte[] pickle) => FluentActions.Invoking(() => PickleBytes.Read(pickle)).Should().Throw<InvalidDataException>().Which;

    private static void DataOrInvalid(byte[] pickle)
    {
        try
        {
            PickleBytes.Read(pickle);
        }
        catch (InvalidDataException exception)
        {
            exception.Message.Should().StartWith("'some.pickle' is damaged");
        }
    }
}
