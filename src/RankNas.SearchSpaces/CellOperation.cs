namespace RankNas.SearchSpaces;

/// <summary>The operations on an edge of a NATS-Bench cell, in NATS-Bench's order: the genes of the topology space.</summary>
public enum CellOperation
{
    /// <summary><c>none</c>: zeros.</summary>
    None,

    /// <summary><c>skip_connect</c>: the identity.</summary>
    SkipConnect,

    /// <summary><c>nor_conv_1x1</c>: ReLU, 1×1 convolution, BatchNorm.</summary>
    Convolution1x1,

    /// <summary><c>nor_conv_3x3</c>: ReLU, 3×3 convolution, BatchNorm.</summary>
    Convolution3x3,

    /// <summary><c>avg_pool_3x3</c>: 3×3 average pooling of stride 1, not counting the padding.</summary>
    AveragePooling3x3,
}
