namespace RankNas.Images;

/// <summary>How many label bytes each record of a CIFAR-100 file starts with.</summary>
public enum Cifar100Labels
{
    /// <summary>Told by the file's size: a multiple of 3,074 has two, one of 3,073 has one, and one of both is an error that asks.</summary>
    BySize,

    /// <summary>Two, the coarse and the fine label: the official files.</summary>
    CoarseAndFine,

    /// <summary>One, the fine label.</summary>
    FineOnly,
}
