using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RankNas.Initialization;

/// <summary>Derives seeds that are the same on every machine, process and runtime version.</summary>
public static class StableSeed
{
    /// <summary>Derives a seed for a purpose from another seed: the first eight bytes of SHA-256 over the seed and the parts.</summary>
    /// <param name="seed">The seed to derive from.</param>
    /// <param name="purpose">What the derived seed is for, part by part: <c>"weights", architecture, repeat</c>.</param>
    /// <returns>A seed from 0 to 2⁶³ − 1.</returns>
    public static long Derive(long seed, params ReadOnlySpan<string> purpose)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, seed);
        hash.AppendData(number);
        foreach (string part in purpose)
        {
            // The length keeps ("a", "bc") and ("ab", "c") apart.
            byte[] text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt64LittleEndian(number, text.Length);
            hash.AppendData(number);
            hash.AppendData(text);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest) & long.MaxValue;
    }
}
