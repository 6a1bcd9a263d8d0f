using CsCheck;
using RankNas.NatsBench.Pickle;
using RankNas.NatsBench.Tests.Support;

namespace RankNas.NatsBench.Tests.Pickle;

public sealed class PickleFileTests : IDisposable
{
    private const string Real = "nats-bench-sample/NATS-sss-v1_0-50262-simple/000000.pickle.pbz2";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_RealFile_IsTheSameAsPythonReads()
    {
        // Python loads the names of NumPy as inert classes: there is no NumPy everywhere.
        const string Script = """
            import bz2, pickle, sys, collections, struct
            class Dtype:
                def __init__(self, *a): pass
                def __setstate__(self, state): pass
            class Load(pickle.Unpickler):
                def find_class(self, module, name):
                    return {'OrderedDict': collections.OrderedDict, 'dtype': Dtype, 'scalar': lambda d, b: struct.unpack('<d', b)[0]}[name]
            print(describe(Load(bz2.open(sys.argv[1])).load()))
            """;
        string path = TestData.Path(Real);

        Description.Of(PickleFile.Read(path)).Should().Be(Python.Run(Python.Describe + Script, path).Single());
    }

    [Fact]
    public void Read_FlippedBitOfARealFile_IsRefusedOrChangesNothing()
    {
        byte[] packed = File.ReadAllBytes(TestData.Path(Real));
        string whole = Description.Of(PickleFile.Read(TestData.Path(Real)));

        Gen.Select(Gen.Int[0, packed.Length - 1], Gen.Int[0, 7]).Sample(
            (position, bit) =>
            {
                byte[] flipped = [.. packed];
                flipped[position] ^= (byte)(1 << bit);
                CheckSameOrInvalid(flipped, whole);
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void Read_FlippedByteOnceUnpacked_IsDataOrInvalid()
    {
        byte[] pickle = PickleBytes.Unpack(File.ReadAllBytes(TestData.Path(Real)));

        Gen.Select(Gen.Int[0, pickle.Length - 1], Gen.Byte).Sample(
            (position, value) =>
            {
                byte[] changed = [.. pickle];
                changed[position] = value;
                try
                {
                    PickleBytes.Read(changed);
                }
                catch (InvalidDataException exception)
                {
                    exception.Message.Should().StartWith("'some.pickle' is damaged");
                }
            },
            iter: 300);
    }

    [Fact]
    public void Read_CutFile_IsRefused()
    {
        byte[] packed = File.ReadAllBytes(TestData.Path(Real));

        Gen.Int[0, packed.Length - 1].Sample(length => Refusal(packed[..length]).Should().NotBeNull(), iter: 40, threads: 1);
    }

    [Fact]
    public void Read_RandomBytes_AreRefused() =>
        Gen.Byte.Array[0, 500].Sample(bytes => Refusal([.. "BZh9"u8, .. bytes]).Message.Should().Contain("is damaged"), iter: 300, threads: 1);

    [Theory]
    [InlineData("bytes([0x95])", "*longer than 33,554,432 bytes (byte 33554432 once unpacked)*")]
    [InlineData("bytes([0x8e, 0, 0, 0, 0, 1, 0, 0, 0]) + bytes(1)", "*texts are longer than 16,777,216 bytes (byte 9 once unpacked)*")]
    [InlineData("b'B' + (16000000).to_bytes(4, 'little') + bytes(16000000) + bytes([0x95])", "*longer than 33,554,432 bytes (byte 33554432 once unpacked)*")]
    [InlineData("bytes(1)", "*0x00 is no instruction*")]
    public void Read_HundredMegabytesInAFewKilobytes_AreRefusedInBoundedMemory(string start, string message)
    {
        // The last byte goes on and on. As an instruction, 0x95 with eight bytes after it makes no value: only the length tells.
        const string Script = """
            import bz2, sys
            start = eval(sys.argv[2])
            with bz2.open(sys.argv[1], 'wb') as file:
                file.write(start)
                for _ in range(100): file.write(start[-1:] * 10 ** 6)
            """;
        string path = _folder.File("bomb.pickle.pbz2");
        Python.Run(Script, path, start);
        new FileInfo(path).Length.Should().BeLessThan(100_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => PickleFile.Read(path)).Should().Throw<InvalidDataException>().WithMessage(message);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.Should().BeLessThan(100_000_000);
    }

    [Fact]
    public void Read_SeveralStreams_IsTheSameAsPythonReads()
    {
        byte[] pickle = PickleBytes.Unpack(File.ReadAllBytes(TestData.Path(Real)));
        string whole = Description.Of(PickleFile.Read(TestData.Path(Real)));
        byte[] empty = PickleBytes.Pack([]);
        byte[] many = [.. empty, .. pickle.Chunk(10_000).SelectMany(PickleBytes.Pack), .. empty];
        string path = _folder.File("some.pickle.pbz2");
        File.WriteAllBytes(path, many);

        Description.Of(PickleFile.Read(path)).Should().Be(whole);
        Python.Run("import bz2, sys; print(len(bz2.open(sys.argv[1]).read()))", path).Should().Equal($"{pickle.Length}");
        foreach (int missing in (int[])[1, 5, 20, empty.Length + 1])
        {
            Refusal(many[..^missing]).Message.Should().Contain("is damaged");
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("BZh9")]
    [InlineData("\0")]
    public void Read_SomethingAfterTheStream_IsRefused(string rest) =>
        Refusal([.. PickleBytes.Pack(PickleBytes.Of("K\u0005.")), .. PickleBytes.Of(rest)]).Message.Should().Contain("does not unpack as bzip2");

    [Fact]
    public void Read_ManyStreams_AreRefusedAtTheLimit()
    {
        byte[] stream = PickleBytes.Pack(PickleBytes.Of("N"));
        byte[] empty = PickleBytes.Pack([]);
        Refusal([.. Enumerable.Repeat(stream, 50_000).SelectMany(bytes => bytes)]).Message.Should().Contain("more than 400 bzip2 streams");
        Refusal([.. Enumerable.Repeat(empty, 50_000).SelectMany(bytes => bytes)]).Message.Should().Contain("more than 400 bzip2 streams");
    }

    [Theory]
    [MemberData(nameof(SpecialFiles.Kinds), MemberType = typeof(SpecialFiles))]
    public void Read_NoFile_IsRefusedAtOnce(string kind) =>
        FluentActions.Invoking(() => PickleFile.Read(SpecialFiles.Create(_folder, kind))).Should().Throw<InvalidDataException>().WithMessage("*, not a file: name a file of the official release*");

    [Fact]
    public void Read_FileTooLarge_IsRefusedUnread()
    {
        string path = _folder.File("large.pickle.pbz2");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(1L << 40);
        }

        FluentActions.Invoking(() => PickleFile.Read(path)).Should().Throw<InvalidDataException>().WithMessage("*large.pickle.pbz2*1,099,511,627,776 bytes*-simple*");
    }

    private InvalidDataException Refusal(byte[] packed)
    {
        string path = _folder.File("some.pickle.pbz2");
        File.WriteAllBytes(path, packed);
        return FluentActions.Invoking(() => PickleFile.Read(path)).Should().Throw<InvalidDataException>().Which;
    }

    private void CheckSameOrInvalid(byte[] packed, string expected)
    {
        string path = _folder.File("some.pickle.pbz2");
        File.WriteAllBytes(path, packed);
        try
        {
            Description.Of(PickleFile.Read(path)).Should().Be(expected);
        }
        catch (InvalidDataException exception)
        {
            exception.Message.Should().StartWith($"'{path}' is damaged");
        }
    }
}
