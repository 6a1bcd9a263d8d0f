using RankNas.Graphs.Operations;

namespace RankNas.Kernels.Execution;

/// <summary>The range that values are brought into as they are read or written: ReLU's, ReLU6's, or all numbers.</summary>
/// <param name="Least">What less counts as.</param>
/// <param name="Most">What more counts as.</param>
internal readonly record struct Clamp(float Least, float Most)
{
    /// <summary>Values as they are.</summary>
    public static readonly Clamp None = new(float.NegativeInfinity, float.PositiveInfinity);

    private const float MostOfRelu6 = 6;

    /// <summary>Gets whether values stay as they are.</summary>
    public bool IsNone => this == None;

    /// <summary>Gets the range of an activation that is one; no activation takes values as they are.</summary>
    public static Clamp Of(ActivationOperation? activation) => activation?.Function switch
    {
        null => None,
        ActivationFunction.Relu => new Clamp(0, float.PositiveInfinity),
        ActivationFunction.Relu6 => new Clamp(0, MostOfRelu6),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "It is no range of values."),
    };

    /// <summary>Brings a value into the range; a NaN stays one.</summary>
    public float Apply(float value) => value < Least ? Least : value > Most ? Most : value;

    /// <summary>Brings values into the range by libtorch.</summary>
    public TorchSharp.torch.Tensor Apply(TorchSharp.torch.Tensor values) => Most == MostOfRelu6 ? values.relu6() : IsNone ? values.alias() : values.relu();
}
