using System.Collections.Immutable;

namespace RankNas;

/// <summary>Makes a BatchNorm that alone takes a convolution's output part of the convolution.</summary>
internal sealed class BatchNormFolding(Dictionary<string, OnnxConstant> constants)
{
    private const string Suffix = ".folded";

    public List<OnnxNode> Fold(IReadOnlyList<OnnxNode> nodes, string output)
    {
        Dictionary<string, int> uses = nodes.SelectMany(node => node.Inputs).Append(output).CountBy(name => name).ToDictionary();
        Dictionary<string, OnnxNode> convolutions = nodes.Where(node => node.Operator == "Conv").ToDictionary(node => node.Output);
        Dictionary<string, OnnxNode> normalizations = nodes
            .Where(node => node.Operator == "BatchNormalization" && uses[node.Inputs[0]] == 1 && convolutions.ContainsKey(node.Inputs[0]))
            .ToDictionary(node => node.Inputs[0]);
        HashSet<string> folded = [.. normalizations.Values.Select(node => node.Name)];
        return [.. nodes.Where(node => !folded.Contains(node.Name))
            .Select(node => normalizations.TryGetValue(node.Output, out OnnxNode? normalization) ? Fold(node, normalization) : node)];
    }

    // γ (w ∗ x + b − μ) / √(σ² + ε) + β is a convolution by w γ / √(σ² + ε) with the bias (b − μ) γ / √(σ² + ε) + β.
    private OnnxNode Fold(OnnxNode convolution, OnnxNode normalization)
    {
        OnnxConstant weight = constants[convolution.Inputs[1]];
        ReadOnlySpan<float> scale = Parameter(normalization, 1), shift = Parameter(normalization, 2);
        ReadOnlySpan<float> mean = Parameter(normalization, 3), variance = Parameter(normalization, 4);
        ReadOnlySpan<float> bias = convolution.Inputs.Length > 2 ? constants[convolution.Inputs[2]].Floats : [];
        double epsilon = (float)normalization.Attributes.Single(attribute => attribute.Name == "epsilon").Value;
        float[] weights = weight.Floats.ToArray();
        float[] biases = new float[scale.Length];
        int filter = weights.Length / biases.Length;
        for (int channel = 0; channel < biases.Length; channel++)
        {
            double factor = scale[channel] / Math.Sqrt(variance[channel] + epsilon);
            biases[channel] = (float)(((bias.IsEmpty ? 0 : bias[channel]) - mean[channel]) * factor + shift[channel]);
            foreach (ref float value in weights.AsSpan(channel * filter, filter))
            {
                value = (float)(value * factor);
            }
        }

        // Named after the step, for a convolution's weights may be used by several.
        string weightName = Add($"{convolution.Name}.weight{Suffix}", weight.Shape, weights);
        string biasName = Add($"{convolution.Name}.bias{Suffix}", [biases.Length], biases);
        return convolution with { Inputs = [convolution.Inputs[0], weightName, biasName], Output = normalization.Output };
    }

    private ReadOnlySpan<float> Parameter(OnnxNode node, int input) => constants[node.Inputs[input]].Floats;

    private string Add(string name, ImmutableArray<long> shape, ReadOnlySpan<float> values)
    {
        constants.Add(name, OnnxConstant.Of(name, shape, values));
        return name;
    }
}
