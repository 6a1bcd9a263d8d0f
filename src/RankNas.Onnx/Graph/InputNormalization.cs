using System.Collections.Immutable;
using System.Globalization;

namespace RankNas;

/// <summary>What a model does about the normalisation of its images, and says of it.</summary>
internal static class InputNormalization
{
    /// <summary>Adds the steps that normalise the model's input, if they are wanted.</summary>
    /// <returns>The normalised images.</returns>
    public static OnnxValue AddTo(OnnxGraph graph, OnnxOptions options)
    {
        if (!options.IncludeNormalization)
        {
            return graph.Input;
        }

        ImageNormalization normalization = options.Normalization!;
        string mean = graph.AddConstant("normalization.mean", [normalization.Mean.Length, 1, 1], Floats(normalization.Mean));
        string deviation = graph.AddConstant("normalization.deviation", [normalization.Deviation.Length, 1, 1], Floats(normalization.Deviation));
        OnnxValue centred = graph.Add("Sub", "normalization.Sub", [graph.Input.Name, mean], graph.Input.Shape);
        return graph.Add("Div", "normalization.Div", [centred.Name, deviation], graph.Input.Shape);
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

    private static float[] Floats(ImmutableArray<double> numbers) => [.. numbers.Select(number => (float)number)];

    private static string Text(ImmutableArray<double> numbers) => string.Join(", ", numbers.Select(number => number.ToString("0.######", CultureInfo.InvariantCulture)));
}
