namespace RankNas;

/// <summary>Functions of a graph that work element by element.</summary>
public enum GraphFunction
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>max(0, a).</summary>
    Relu,

    /// <summary>1 / (1 + e⁻ᵃ).</summary>
    Sigmoid,

    /// <summary>tanh a.</summary>
    Tanh,

    /// <summary>a · min(max(a + 3, 0), 6) / 6.</summary>
    HardSwish,
}
