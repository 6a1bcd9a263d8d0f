using System.Buffers;
using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Kernels.Activations;

/// <summary>NASWOT's kernel matrix K_H: how many units agree on each pair of images.</summary>
internal sealed class AgreementKernel(int images) : IDisposable
{
    // Enough to be worth another core's while.
    private const int RowsOfPart = 8;

    // Layers of few units are gathered: to begin and to end a count takes as long as many words.
    private const int WordsGathered = 512;
    private const int WordsOfChunk = 512;
    private const int BitsOfWord = 64;

    private readonly AgreementProducts _products = new(images);

    // Below the diagonal.
    private long[] _disagreements = NewCounts(images * images);
    private PackedSigns? _gathered;
    private int _gatheredWords;
    private double _units;

    /// <summary>Adds the units of a layer.</summary>
    /// <param name="input">What goes into them, <c>[N, …]</c>.</param>
    /// <param name="uses">How many layers take it.</param>
    /// <exception cref="InvalidOperationException">The input is not one row for each image.</exception>
    public void Add(Tensor input, int uses)
    {
        if (input.size(0) != images)
        {
            throw new InvalidOperationException(
                $"NASWOT needs one row for each of the {images} images, and an activation got [{string.Join(", ", input.Sizes())}].");
        }

        if (KernelUse.Serves(input))
        {
            using PackedSigns signs = SignBits.PackAll(input, images);
            Add(signs, uses);
        }
        else
        {
            _products.Add(input, uses);
        }
    }

    /// <summary>Gets ln|det K_H|.</summary>
    public double LogAbsoluteDeterminant()
    {
        AddGathered();
        Func<int, int, double> products = _products.Counts();
        return LogDeterminant.Of(images, (row, column) =>
            _units - _disagreements[(Math.Max(row, column) * images) + Math.Min(row, column)] + products(row, column));
    }

    public void Dispose()
    {
        if (_disagreements.Length > 0)
        {
            ArrayPool<long>.Shared.Return(_disagreements);
            _disagreements = [];
        }

        _gathered?.Dispose();
        _products.Dispose();
    }

    /// <summary>Adds the units of a layer by their signs.</summary>
    /// <param name="signs">Which of its inputs are greater than zero.</param>
    /// <param name="uses">How many layers take them.</param>
    public void Add(PackedSigns signs, int uses)
    {
        _units += (double)uses * signs.Units;
        if (uses > 1 || signs.WordsOfImage > WordsGathered / 2)
        {
            AddDisagreements(signs, signs.WordsOfImage, uses);
            return;
        }

        if (_gatheredWords + signs.WordsOfImage > WordsGathered)
        {
            AddGathered();
        }

        _gathered ??= new PackedSigns(images, 0, WordsGathered * BitsOfWord);
        for (int image = 0; image < images; image++)
        {
            signs.WordsOf(image).CopyTo(_gathered.Words.Slice((image * WordsGathered) + _gatheredWords, signs.WordsOfImage));
        }

        _gatheredWords += signs.WordsOfImage;
    }

    private static long[] NewCounts(int count)
    {
        long[] counts = ArrayPool<long>.Shared.Rent(count);
        Array.Clear(counts);
        return counts;
    }

    private void AddGathered()
    {
        if (_gathered is not null)
        {
            AddDisagreements(_gathered, _gatheredWords, uses: 1);
            _gatheredWords = 0;
        }
    }

    // What some rows have stays in the cache from column to column.
    private void AddDisagreements(PackedSigns signs, int words, int uses) => SharedCores.ForEachPart((images + RowsOfPart - 1) / RowsOfPart, part =>
    {
        int end = Math.Min((part + 1) * RowsOfPart, images);
        for (int first = 0; first < words; first += WordsOfChunk)
        {
            int count = Math.Min(WordsOfChunk, words - first);
            for (int column = 0; column < end; column++)
            {
                ReadOnlySpan<ulong> other = signs.WordsOf(column).Slice(first, count);
                for (int row = Math.Max(part * RowsOfPart, column + 1); row < end; row++)
                {
                    _disagreements[(row * images) + column] += uses * BitDistance.Between(signs.WordsOf(row).Slice(first, count), other);
                }
            }
        }
    });
}
