using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Gradients;

/// <summary>One element of the weight of a convolution or a linear layer.</summary>
/// <param name="OutChannel">The channel of the output that it adds to.</param>
/// <param name="InChannel">The channel of the input that it reads.</param>
/// <param name="Place">Its place in the window, a number for each spatial dimension; none of a linear layer.</param>
internal sealed record WeightEntry(long OutChannel, long InChannel, long[] Place)
{
    /// <summary>Gets some elements of a layer's weight, evenly spaced in row-major order: ⌊j·n/count⌋ of n, or all if there are fewer.</summary>
    /// <exception cref="ArgumentException">The layer is a transposed convolution, or neither a convolution nor a linear layer.</exception>
    public static WeightEntry[] Spread(nn.Module layer, int count) => layer switch
    {
        Convolution convolution when !IsTransposed(layer) => [.. Indices(convolution.weight!, count).Select(index => Of(index, convolution.weight!.Sizes(), convolution.groups))],
        Linear linear => [.. Indices(linear.weight!, count).Select(index => Of(index, linear.weight!.Sizes(), groups: 1))],
        _ => throw new ArgumentException($"{layer.GetType().Name} has no weight of channels.", nameof(layer)),
    };

    /// <summary>Tells whether a layer is a transposed convolution, whose weight has its channels the other way round.</summary>
    public static bool IsTransposed(nn.Module layer) => layer is ConvTranspose1d or ConvTranspose2d or ConvTranspose3d;

    /// <summary>Gets the derivative of each element of the output channel by this one: the input that it is multiplied with.</summary>
    /// <returns>A tensor <c>[N, elements of a channel]</c> of its own.</returns>
    public Tensor FactorsOf(nn.Module layer, Tensor input, Tensor output)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor factors = layer is Convolution convolution
            ? Window(convolution, input.narrow(1, InChannel, 1), output.Sizes())
            : input.narrow(-1, InChannel, 1);
        return factors.flatten(1).clone().MoveToOuterDisposeScope();
    }

    private static IEnumerable<long> Indices(Tensor weight, int count)
    {
        long taken = Math.Min(count, weight.numel());
        return Enumerable.Range(0, (int)taken).Select(index => (long)((Int128)index * weight.numel() / taken));
    }

    private static WeightEntry Of(long index, long[] shape, long groups)
    {
        long[] places = new long[shape.Length];
        for (int dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            (index, places[dimension]) = Math.DivRem(index, shape[dimension]);
        }

        long group = places[0] / (shape[0] / groups);
        return new WeightEntry(places[0], (group * shape[1]) + places[1], places[2..]);
    }

    // The part of the padded channel that meets this place of the window, a pixel for each of the output.
    private Tensor Window(Convolution layer, Tensor channel, long[] output)
    {
        int rank = Place.Length;
        var padding = new List<long>();
        for (int dimension = rank - 1; dimension >= 0; dimension--)
        {
            long reach = (At(layer.dilation, dimension) * (layer.weight!.size(dimension + 2) - 1)) + 1;
            long missing = Math.Max(0, ((output[dimension + 2] - 1) * At(layer.stride, dimension)) + reach - channel.size(dimension + 2));

            // Padding.Same, which leaves no numbers, pads the end by one more than the beginning.
            long before = layer.padding is null ? missing / 2 : At(layer.padding, dimension);
            padding.AddRange([before, Math.Max(0, missing - before)]);
        }

        Tensor window = nn.functional.pad(channel, [.. padding], ModeOf(layer.padding_mode));
        for (int dimension = 0; dimension < rank; dimension++)
        {
            long start = Place[dimension] * At(layer.dilation, dimension);
            long step = At(layer.stride, dimension);
            window = window.slice(dimension + 2, start, start + ((output[dimension + 2] - 1) * step) + 1, step);
        }

        return window;
    }

    // One number may stand for all dimensions.
    private static long At(long[]? numbers, int dimension) => numbers is null ? 1 : numbers[Math.Min(dimension, numbers.Length - 1)];

    private static PaddingModes ModeOf(PaddingModes mode) => mode == PaddingModes.Zeros ? PaddingModes.Constant : mode;
}
