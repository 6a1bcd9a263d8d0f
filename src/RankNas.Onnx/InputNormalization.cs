using System.Collections.Immutable;
using System.Globalization;
using Onnx;
using RankNas.Graphs;
using RankNas.Images;

namespace RankNas.Onnx;

/// <summary>What a model does about the normalisation of its images, and says of it.</summary>
internal static class InputNormalization
{
    /// <summary>Writes the steps that normalise the model's input, if they are wanted.</summary>
    /// <returns>The name of the normalised images.</returns>
    public static string Write(GraphProto model, OnnxConstants constants, NetworkShape shape, OnnxOptions options)
    {
        if (!options.IncludeNormalization)
        {
            return options.InputName;
        }

        ImageNormalization normalization = options.Normalization!;
        string Step(string name, string op, string input, string constant, ImmutableArray<double> values)
        {
            // Images have a number for each channel, before their pixels; rows and sequences have one for each feature, last.
            string operand = constants.Add($"normalization.{constant}", shape.Rank == 3 ? [values.Length, 1, 1] : [values.Length], [.. values.Select(value => (float)value)]);
            model.Node.Add(new NodeProto { OpType = op, Name = $"normalization.{name}", Input = { input, operand }, Output = { $"normalization.{name}.output" } });
            return $"normalization.{name}.output";
        }

        return Step("scaled", "Div", Step("centred", "Sub", options.InputName, "mean", normalization.Mean), "deviation", normalization.Deviation);
    }

    /// <summary>Says what the model takes, for programs and people.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Metadata(OnnxOptions options)
    {
        yield return new("image-normalization", options switch
        {
            { IncludeNormalization: true } => "included: give pixels from 0 to 1",
            { Normalization: not null } => "expected: give (pixel - image-mean) / image-deviation, of pixels from 0 to 1",
            _ => "unknown: give images as the network was trained or scored by",
        });
        if (options.Normalization is { } known)
        {
            yield return new("image-mean", Text(known.Mean));
            yield return new("image-deviation", Text(known.Deviation));
        }
    }

    private static string Text(ImmutableArray<double> numbers) => string.Join(", ", numbers.Select(number => number.ToString("0.######", CultureInfo.InvariantCulture)));
}
