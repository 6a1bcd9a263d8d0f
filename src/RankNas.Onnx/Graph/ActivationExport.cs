using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Adds one of TorchSharp's activations, which work element by element, to a graph.</summary>
internal sealed class ActivationExport(OnnxGraph graph, string path, OnnxValue input)
{
    /// <summary>Adds the activation; gives null where the layer is none that is known.</summary>
    public OnnxValue? Apply(nn.Module<Tensor, Tensor> layer) => layer switch
    {
        ReLU => Step("Relu"),
        ReLU6 => Clip(0, 6),
        LeakyReLU leaky => Step("LeakyRelu", OnnxAttribute.Of("alpha", (float)leaky.negative_slope)),
        PReLU prelu => Slope(prelu),
        ELU elu => Step("Elu", OnnxAttribute.Of("alpha", (float)elu.alpha)),
        CELU celu => Step("Celu", OnnxAttribute.Of("alpha", (float)celu.alpha)),
        SELU => Step("Selu"),
        Softplus { beta: 1 } => Step("Softplus"),
        Softsign => Step("Softsign"),
        Sigmoid => Step("Sigmoid"),
        Tanh => Step("Tanh"),
        Hardswish => Step("HardSwish"),
        Hardsigmoid => Step("HardSigmoid", OnnxAttribute.Of("alpha", 1f / 6), OnnxAttribute.Of("beta", 0.5f)),
        SiLU => Times(input, Step("Sigmoid")),
        Mish => Times(input, Add("Tanh", Step("Softplus"))),
        GELU { approximate: GELU.Approximate.tanh } => TanhGelu(),
        GELU => Gelu(),
        Softmax { dim: 1 } => Step("Softmax", OnnxAttribute.Of("axis", 1L)),
        LogSoftmax { dim: 1 } => Step("LogSoftmax", OnnxAttribute.Of("axis", 1L)),
        // Not Hardtanh: in TorchSharp 0.107 it gives its input unchanged, so that neither model would be right.
        _ => null,
    };

    private OnnxValue Step(string op, params IEnumerable<OnnxAttribute> attributes) => graph.Add(op, path, [input.Name], input.Shape, attributes);

    private OnnxValue Add(string op, OnnxValue value, params IEnumerable<string> others) => graph.Add(op, $"{path}.{op}", [value.Name, .. others], value.Shape);

    private OnnxValue Times(OnnxValue first, OnnxValue second) => Add("Mul", first, second.Name);

    private OnnxValue Clip(double least, double most) =>
        graph.Add("Clip", path, [input.Name, Number("min", least), Number("max", most)], input.Shape);

    // One slope for all channels, or one for each of [C, H, W].
    private OnnxValue Slope(PReLU prelu)
    {
        using Tensor slopes = prelu.weight.reshape([-1, .. Enumerable.Repeat(1L, input.Shape.Length - 1)]);
        return graph.Add("PRelu", path, [input.Name, graph.AddConstant($"{path}.weight", slopes)], input.Shape);
    }

    // x/2 · (1 + erf(x/√2))
    private OnnxValue Gelu() => Half(Add("Erf", Add("Mul", input, Number("scale", 1 / Math.Sqrt(2)))));

    // x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))
    private OnnxValue TanhGelu()
    {
        OnnxValue square = Times(input, input);
        OnnxValue bent = Add("Add", Add("Mul", square, Number("cubic", 0.044715)), Number("one", 1));
        return Half(Add("Tanh", Add("Mul", Times(input, bent), Number("scale", Math.Sqrt(2 / Math.PI)))));
    }

    private OnnxValue Half(OnnxValue value) => Times(Add("Mul", input, Number("half", 0.5)), Add("Add", value, Number("one", 1)));

    private string Number(string name, double value) => graph.AddConstant($"{path}.{name}", [], [(float)value]);
}
