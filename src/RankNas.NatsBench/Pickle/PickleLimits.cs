namespace RankNas.NatsBench.Pickle;

/// <summary>What a pickle may cost. NATS-Bench's own files stay below a tenth of each.</summary>
internal static class PickleLimits
{
    /// <summary>The bytes of a compressed file.</summary>
    public const int PackedBytes = 4 * 1024 * 1024;

    /// <summary>The bzip2 streams of a file, one after the other: programs that pack in parallel write one for each block, of 100,000 bytes or more.</summary>
    public const int Streams = 400;

    /// <summary>The bytes of a pickle.</summary>
    public const int Bytes = 32 * 1024 * 1024;

    /// <summary>The bytes of all texts and byte strings together.</summary>
    public const int TextBytes = 16 * 1024 * 1024;

    /// <summary>The digits of an integer that is written out, and the bytes of one that is not: reading one takes their square.</summary>
    public const int Digits = 4300;

    /// <summary>How many values may be put on the stack or copied, over all: what is repeated by reference counts each time.</summary>
    public const int Items = 1_000_000;

    /// <summary>How many values may be kept to be referred to again.</summary>
    public const int MemoEntries = 500_000;

    /// <summary>How deep collections may be nested.</summary>
    public const int Depth = 256;

    /// <summary>The characters, bytes and items of a dictionary's key or a set's element: each look-up costs as much.</summary>
    public const int KeyWeight = 256;
}
