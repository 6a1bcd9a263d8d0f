namespace RankNas.Images;

/// <summary>How many label bytes each record of a CIFAR-100 file starts with.</summary>
public enum Cifar100Labels
{
    /// <summary>Detected from the file's size: a multiple of 3,074 has two, a multiple of 3,073 has one; a multiple of both is an error.</summary>
    BySize,

    /// <summary>Two, the coarse and the fine label: the official files.</summary>
    CoarseAndFine,

    /// <summary>One, the fine label.</summary>
    FineOnly,
}
