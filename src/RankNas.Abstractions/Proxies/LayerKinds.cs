namespace RankNas.Proxies;

/// <summary>The kinds of layers whose inputs a proxy can observe, and blocks, whose outputs it can observe.</summary>
[Flags]
public enum LayerKinds
{
    /// <summary>No layer.</summary>
    None = 0,

    /// <summary>
    /// Element-wise activations: ReLU, ReLU6, LeakyReLU, PReLU, GELU, SiLU, Hardswish, Tanh, Sigmoid and all others in TorchSharp.
    /// </summary>
    Activation = 1,

    /// <summary>Pooling layers of every kind, global ones included.</summary>
    Pooling = 2,

    /// <summary>Convolutions, transposed ones included.</summary>
    Convolution = 4,

    /// <summary>Fully connected layers.</summary>
    Linear = 8,

    /// <summary>The output of each block of a graph.</summary>
    BlockOutput = 16,
}
