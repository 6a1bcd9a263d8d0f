namespace RankNas.Proxies;

/// <summary>The kinds of layer whose inputs a proxy can watch, and blocks, whose outputs it can.</summary>
[Flags]
public enum LayerKinds
{
    /// <summary>No layer.</summary>
    None = 0,

    /// <summary>
    /// Activations that work element by element: ReLU, ReLU6, LeakyReLU, PReLU, GELU, SiLU, Hardswish, Tanh, Sigmoid and all others of TorchSharp's.
    /// </summary>
    Activation = 1,

    /// <summary>Pooling layers of every kind, global ones included.</summary>
    Pooling = 2,

    /// <summary>Convolutions, transposed ones included.</summary>
    Convolution = 4,

    /// <summary>Fully connected layers.</summary>
    Linear = 8,

    /// <summary>What each block of a graph gives.</summary>
    BlockOutput = 16,
}
