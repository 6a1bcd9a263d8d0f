using System.Diagnostics;
using RankNas.Proxies;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Activations;

/// <summary>Counts the distinct patterns of units: a unit's pattern is on which images of the batch what goes into it is greater than zero.</summary>
/// <remarks>A pattern is its own bits for up to 128 images; of more, 128 bits of a hash, which two of a million patterns share once in 10²⁶ networks.</remarks>
/// <param name="images">The images of the batch.</param>
internal sealed class DistinctPatterns(int images) : IDisposable
{
    private const int BitsOfWord = BitTranspose.Side;
    private const int MostExact = 2;

    // Whole numbers of so many bits are exact in float32, and on GPUs that shorten its factors.
    private const int BitsOfGroup = 16;

    private readonly PatternSet _patterns = new();
    private bool _hasZero;

    private int Blocks => (images + BitsOfWord - 1) / BitsOfWord;

    /// <summary>Gets how many there are.</summary>
    public int Count => _patterns.Count + (_hasZero ? 1 : 0);

    /// <summary>Adds the units of a layer.</summary>
    /// <param name="input">What goes into them, <c>[N, …]</c>.</param>
    /// <exception cref="InvalidOperationException">The input is not one row for each image.</exception>
    public void Add(Tensor input)
    {
        if (input.size(0) != images)
        {
            throw new InvalidOperationException(
                $"Patterns need one row for each of the {images} images, and an activation got [{string.Join(", ", input.Sizes())}].");
        }

        if (KernelUse.Serves(input))
        {
            using PackedSigns signs = SignBits.PackAll(input, images);
            Add(signs);
        }
        else
        {
            AddByTensors(input);
        }
    }

    /// <summary>Adds the units of a layer by their signs.</summary>
    /// <param name="signs">Which of its inputs are greater than zero.</param>
    public void Add(PackedSigns signs)
    {
        ReadOnlySpan<ulong> words = signs.Words;
        int zeros = 0;
        Span<ulong> tiles = new ulong[Blocks * BitsOfWord];
        Span<ulong> pattern = stackalloc ulong[Blocks];
        for (int word = 0; word < signs.WordsOfImage; word++)
        {
            tiles.Clear();
            for (int image = 0; image < images; image++)
            {
                tiles[image] = words[(image * signs.WordsOfImage) + word];
            }

            for (int block = 0; block < Blocks; block++)
            {
                BitTranspose.Apply(tiles.Slice(block * BitsOfWord, BitsOfWord));
            }

            for (int unit = 0; unit < BitsOfWord; unit++)
            {
                for (int block = 0; block < pattern.Length; block++)
                {
                    pattern[block] = tiles[(block * BitsOfWord) + unit];
                }

                zeros += Add(pattern) ? 0 : 1;
            }
        }

        // Bits of no value look like units that are zero on all images.
        _hasZero |= zeros > (signs.WordsOfImage * BitsOfWord) - signs.Units;
    }

    public void Dispose() => _patterns.Dispose();

    // Sixteen images at a time, as the digits of a number: one product for a layer.
    private void AddByTensors(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor code = input.reshape(images, -1).gt(zeros(1, dtype: input.dtype, device: input.device)).to(ScalarType.Float32);
        int groups = Blocks * (BitsOfWord / BitsOfGroup);
        var digits = new float[groups * images];
        for (int image = 0; image < images; image++)
        {
            digits[(image / BitsOfGroup * images) + image] = 1 << (image % BitsOfGroup);
        }

        using Tensor weights = tensor(digits, [groups, images], dtype: ScalarType.Float32, device: input.device);
        Tensor numbers = code.t().mm(weights.t()).cpu().contiguous();
        ReadOnlySpan<float> rows = Memory.TensorMemory.ValuesOf<float>(numbers);
        Span<ulong> pattern = stackalloc ulong[Blocks];
        for (int unit = 0; unit < rows.Length / groups; unit++)
        {
            pattern.Clear();
            for (int group = 0; group < groups; group++)
            {
                pattern[group * BitsOfGroup / BitsOfWord] |= (ulong)rows[(unit * groups) + group] << (group * BitsOfGroup % BitsOfWord);
            }

            _hasZero |= !Add(pattern);
        }
    }

    // Tells whether any bit is set: what is zero on all images is for the caller to count.
    private bool Add(ReadOnlySpan<ulong> pattern)
    {
        Debug.Assert(pattern.Length == Blocks, "Sixty-four images are a word.");
        UInt128 number = pattern.Length <= MostExact ? new UInt128(pattern.Length > 1 ? pattern[1] : 0, pattern[0]) : HashOf(pattern);
        if (number == UInt128.Zero)
        {
            return false;
        }

        _patterns.Add(number);
        return true;
    }

    // 0 for zeros alone.
    private static UInt128 HashOf(ReadOnlySpan<ulong> pattern)
    {
        ulong lower = 0, upper = 0, any = 0;
        foreach (ulong word in pattern)
        {
            any |= word;
            lower = Mix(lower ^ word, 0xBF58476D1CE4E5B9);
            upper = Mix(upper + word, 0x94D049BB133111EB);
        }

        return any == 0 ? UInt128.Zero : new UInt128(upper, lower | 1);
    }

    // A step of SplitMix64, with another odd factor for each half.
    private static ulong Mix(ulong value, ulong factor)
    {
        value = (value ^ (value >> 30)) * factor;
        value = (value ^ (value >> 27)) * 0x9E3779B97F4A7C15;
        return value ^ (value >> 31);
    }
}
