using System.IO.Compression;
using System.Text;
using CsCheck;
using RankNas.Files;

namespace RankNas.Abstractions.Tests.Files;

public sealed class TextInputTests : IDisposable
{
    private const string Text = "first\nsecond, ä\nthird\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadLine_AnyEndsMarkAndPacking_GivesTheSameLines()
    {
        byte[] plain = Encoding.UTF8.GetBytes(Text);
        byte[][] files =
        [
            plain, plain[..^1], Encoding.UTF8.GetBytes(Text.Replace("\n", "\r\n", StringComparison.Ordinal)), Encoding.UTF8.GetBytes(Text.Replace('\n', '\r')),
            [.. Encoding.UTF8.Preamble, .. plain], Pack(plain), [.. Pack(plain[..7]), .. Pack(plain[7..])], Pack([.. Encoding.UTF8.Preamble, .. plain]),
        ];
        files.Should().AllSatisfy(file => Lines(file).Should().Equal("first", "second, ä", "third"));
    }

    [Fact]
    public void ReadLine_GzipCutAnywhere_IsRefused()
    {
        byte[] packed = Pack(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(number => $"{number * 7919 % 10007},{number}\n"))));
        Lines(packed).Should().HaveCount(3000);

        Gen.Int[2, packed.Length - 1].Sample(length => Refusal(packed[..length]).Should().Contain("gzip"), iter: 300);
        foreach (int missing in Enumerable.Range(1, 20))
        {
            Refusal(packed[..^missing]).Should().MatchRegex("cut off|damaged");
        }
    }

    [Fact]
    public void ReadLine_StoredGzipCutAnywhere_IsRefused()
    {
        byte[] packed = Pack(Encoding.UTF8.GetBytes(Text + Text), CompressionLevel.NoCompression);
        for (int length = 2; length < packed.Length; length++)
        {
            Refusal(packed[..length]).Should().Contain("gzip");
        }
    }

    [Fact]
    public void ReadLine_SecondMemberCut_IsRefused()
    {
        byte[] member = Pack(Encoding.UTF8.GetBytes(Text));
        for (int length = 1; length < member.Length; length++)
        {
            Refusal([.. member, .. member[..length]]).Should().Contain("gzip");
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("\0\0\0\0")]
    public void ReadLine_SomethingAfterTheGzip_IsRefused(string rest) =>
        Refusal([.. Pack(Encoding.UTF8.GetBytes(Text)), .. Encoding.UTF8.GetBytes(rest)]).Should().Contain("something else follows");

    [Fact]
    public void ReadLine_FlippedBitInGzip_IsRefusedOrChangesNothing()
    {
        byte[] packed = Pack(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Text, 20))));
        string[] whole = Lines(packed);
        Gen.Select(Gen.Int[10, packed.Length - 1], Gen.Int[0, 7]).Sample(
            (position, bit) =>
            {
                byte[] flipped = [.. packed];
                flipped[position] ^= (byte)(1 << bit);
                try
                {
                    Lines(flipped).Should().Equal(whole);
                }
                catch (FormatException)
                {
                    // Refused, as it should be.
                }
            },
            iter: 300);
    }

    [Fact]
    public void ReadLine_MuchOutOfLittle_IsRefusedAtTheLimit()
    {
        byte[] bomb = Pack(new byte[20_000_000]);
        bomb.Length.Should().BeLessThan(50_000);
        Refusal(bomb).Should().Contain("zero byte");

        byte[] lines = Pack([.. Enumerable.Repeat((byte)'\n', 20_000_000)]);
        Refusal(lines, maxBytes: 1_000_000).Should().Be("it unpacks to more than 1,000,000 bytes");
        Refusal(Pack([.. Enumerable.Repeat((byte)'x', 20_000_000)])).Should().Be("line 1 is longer than 1,000 characters");
    }

    [Fact]
    public void ReadLine_NotUtf8_SaysSo()
    {
        Refusal([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)]).Should().Contain("not in UTF-8");
        Refusal([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)]).Should().Contain("not in UTF-8");
        Refusal(Encoding.Unicode.GetBytes("plain\n")).Should().Contain("no text in UTF-8");
        Refusal(Encoding.Latin1.GetBytes(Text)).Should().Contain("not in UTF-8");
    }

    private static byte[] Pack(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private string Refusal(byte[] file, long maxBytes = 100_000_000) =>
        FluentActions.Invoking(() => Lines(file, maxBytes)).Should().Throw<FormatException>().Which.Message;

    private string[] Lines(byte[] file, long maxBytes = 100_000_000)
    {
        string path = _folder.File(Guid.NewGuid().ToString());
        File.WriteAllBytes(path, file);
        using var text = TextInput.Open(path, "a text", maxBytes);
        var lines = new List<string>();
        while (text.ReadLine(1000) is { } line)
        {
            lines.Add(line);
        }

        return [.. lines];
    }
}
