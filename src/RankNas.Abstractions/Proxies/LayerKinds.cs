namespace RankNas;

/// <summary>The kinds of layer whose inputs a proxy can watch, and blocks, whose outputs it can.</summary>
[Flags]
public enum LayerKinds
{
    /// <summary>No layer.</summary>
    None = 0,

    /// <summary>Rectified linear units.</summary>
    Relu = 1,

    /// <summary>Pooling layers of every kind, global ones included.</summary>
    Pooling = 2,

    /// <summary>Convolutions.</summary>
    Convolution = 4,

    /// <summary>Fully connected layers.</summary>
    Linear = 8,

    /// <summary>What each block of an <see cref="IBlockNetwork"/> gives.</summary>
    BlockOutput = 16,
}
