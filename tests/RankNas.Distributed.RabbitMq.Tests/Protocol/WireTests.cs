using System.IO.Compression;
using System.Text;
using CsCheck;
using RankNas.Distributed.Protocol;
using RankNas.Distributed.Transport;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.Distributed.Tests.Protocol;

public class WireTests
{
    private static readonly ScoreScope Scope = new("space", "3x32x32/10", "0123/8/gaussian", "default", "float32", "cpu", 1, 0, "engine");
    private static readonly EvaluationRequest Request = new(Scope, "a|b", [new ProxyDescriptor("naswot", "", ScoreDirection.HigherIsBetter)]);

    private static readonly WorkUnit Unit = new("search", [.. Enumerable.Range(0, 100).Select(item => new WorkItem($"id{item}", Request, null))]);

    private static readonly WorkReply Reply = new(
        "search", "worker", [new WorkAnswer("id", new EvaluationOutcome([Score.Of(1 / 3.0), Score.Of(double.NegativeInfinity), Score.Failed("why", isTransient: true)], 0.5))]);

    [Fact]
    public void Unit_LongEnough_TravelsCompressedAndIsTheSame()
    {
        ClusterMessage message = Wire.Write(MessageKinds.Unit, Unit, ClusterJson.Default.WorkUnit);

        message.Body.Length.Should().BeLessThan(4000);
        WorkUnit read = Wire.ReadUnit(message);
        read.Search.Should().Be(Unit.Search);
        read.Items.Should().Equal(Unit.Items);
    }

    [Fact]
    public void Reply_AnyScore_IsTheSame() =>
        Wire.ReadReply(Wire.Write(MessageKinds.Reply, Reply, ClusterJson.Default.WorkReply)).Answers.Should().Equal(Reply.Answers);

    [Fact]
    public void IdOf_Request_IsItsOwn()
    {
        Wire.IdOf(Request).Should().Be(Wire.IdOf(EvaluationRequest.FromJson(Request.ToJson())));
        Wire.IdOf(Request with { Scope = Scope with { Repeat = 1 } }).Should().NotBe(Wire.IdOf(Request));
        Wire.IdOf(Request with { Architecture = "a|c" }).Should().NotBe(Wire.IdOf(Request));
    }

    [Fact]
    public void Read_AnyBytes_AreAMessageOrInvalidData() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Bool).Sample((bytes, isCompressed) =>
    {
        Try(isCompressed ? Gzip(bytes) : bytes);
    });

    [Fact]
    public void Read_MessageWithAChangedByte_IsAMessageOrInvalidData() => Gen.Select(Gen.Int[0, 1], Gen.Int[0, 1_000_000], Gen.Byte).Sample((kind, place, value) =>
    {
        byte[] bytes = (kind == 0
            ? Wire.Write(MessageKinds.Unit, Unit with { Items = [Unit.Items[0]] }, ClusterJson.Default.WorkUnit)
            : Wire.Write(MessageKinds.Reply, Reply, ClusterJson.Default.WorkReply)).Body.ToArray();
        bytes[place % bytes.Length] = value;
        Try(bytes);
    }, iter: 20_000);

    [Fact]
    public void Read_BombOfZeros_IsRefusedByItsSize() =>
        FluentActions.Invoking(() => Wire.ReadUnit(new ClusterMessage("unit", Gzip(new byte[Wire.MostBytes + 1])))).Should().Throw<InvalidDataException>().WithMessage("*more than 32 MiB*");

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"search\":\"s\",\"items\":[]}")]
    [InlineData("{\"search\":\"s\",\"items\":null}")]
    [InlineData("{\"search\":\"s\",\"items\":[null]}")]
    [InlineData("{\"search\":null,\"items\":[]}")]
    public void ReadUnit_NoUnit_IsInvalidData(string json) =>
        FluentActions.Invoking(() => Wire.ReadUnit(new ClusterMessage("unit", Encoding.UTF8.GetBytes(json)))).Should().Throw<InvalidDataException>();

    [Theory]
    [InlineData("3x32x32/10", "0123/8/gaussian", true)]
    [InlineData("3x32x32/10", "0123/8", false)]
    [InlineData("12x8/10", "0123/8/gaussian", true)]
    [InlineData("20/10", "0123/8/gaussian", true)]
    [InlineData("10", "0123/8/gaussian", false)]
    [InlineData("3x32x32x2/10", "0123/8/gaussian", false)]
    [InlineData("3x32x0/10", "0123/8/gaussian", false)]
    [InlineData("3x32x32/10", "0123/-8/gaussian", false)]
    [InlineData("3x32x32/10", "0123/8/a/b", true)]
    [InlineData("70000x32x32/10", "abc/64/gaussian", false)]
    [InlineData("3x32x70000/10", "abc/64/gaussian", false)]
    [InlineData("70000x4/2", "abc/64/gaussian", false)]
    [InlineData("8/2000000", "abc/64/gaussian", false)]
    public void ScopeParts_Of_ReadsWhatScopesAreWrittenAs(string shape, string images, bool isRight)
    {
        Action read = () => ScopeParts.Of(Scope with { Shape = shape, Images = images });
        if (isRight)
        {
            read.Should().NotThrow();
        }
        else
        {
            read.Should().Throw<InvalidDataException>();
        }
    }

    private static void Try(byte[] bytes)
    {
        foreach (Action<ClusterMessage> read in (Action<ClusterMessage>[])[
            message => Wire.ReadUnit(message), message => Wire.ReadReply(message), message => Wire.Read(message, ClusterJson.Default.WorkerPresence),
            message => Wire.Read(message, ClusterJson.Default.SearchAnnouncement), message => Wire.Read(message, ClusterJson.Default.ImagesPart)])
        {
            try
            {
                read(new ClusterMessage("any", bytes));
            }
            catch (InvalidDataException)
            {
                // One kind of exception, whatever the bytes.
            }
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }
}
