namespace RankNas.Training;

/// <summary>Which rule changes the weights.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum, as PyTorch's <c>SGD</c> (Sutskever et al., 2013).</summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay, as PyTorch's <c>AdamW</c> (Loshchilov and Hutter, 2019, algorithm 2).</summary>
    AdamW,
}
