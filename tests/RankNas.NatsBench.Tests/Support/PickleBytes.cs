using System.Text;
using RankNas.NatsBench.Pickle;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace RankNas.NatsBench.Tests.Support;

/// <summary>Pickles written by hand, and bzip2.</summary>
internal static class PickleBytes
{
    /// <summary>Makes bytes of a text whose characters are all below 256.</summary>
    public static byte[] Of(string text) => Encoding.Latin1.GetBytes(text);

    public static object? Read(byte[] pickle)
    {
        using var stream = new MemoryStream(pickle, writable: false);
        return PickleReader.Read(stream, "some.pickle");
    }

    public static object? Read(string pickle) => Read(Of(pickle));

    public static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new UnpackedStream(packed);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = BZip2Stream.Create(packed, CompressionMode.Compress, decompressConcatenated: false, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
