using CsCheck;
using RankNas.Kernels.Activations;
using RankNas.Proxies;

namespace RankNas.Kernels.Tests.Activations;

public class DistinctPatternsTests
{
    [Fact]
    public void BitTranspose_AnySquare_ExchangesRowsAndColumns() => Gen.ULong.Array[64].Sample(rows =>
    {
        ulong[] transposed = [.. rows];
        BitTranspose.Apply(transposed);
        return Enumerable.Range(0, 64 * 64).All(bit => ((rows[bit / 64] >> (bit % 64)) & 1) == ((transposed[bit % 64] >> (bit / 64)) & 1));
    });

    // Few ones, so that patterns are often equal.
    [Fact]
    public void Count_AnyLayers_IsThatOfASetOfTexts() => Gen.Select(Gen.Int[1, 300], Gen.Int[0, 400], Gen.Int[1, 3], Gen.Int[0, 8], Gen.Int).Sample((images, units, layers, rarity, seed) =>
    {
        var draw = new Random(seed);
        var texts = new HashSet<string>();
        using var patterns = new DistinctPatterns(images);
        for (int layer = 0; layer < layers; layer++)
        {
            // The bits of no value lie anywhere.
            int[] places = [.. Enumerable.Range(0, units + 70).OrderBy(_ => draw.Next()).Take(units)];
            using var signs = new PackedSigns(images, units, units + 70);
            signs.Words.Clear();
            foreach (int place in places)
            {
                string text = "";
                for (int image = 0; image < images; image++)
                {
                    bool isSet = draw.Next(1 << rarity) == 0;
                    text += isSet ? "1" : "0";
                    signs.Words[(image * signs.WordsOfImage) + (place / 64)] |= isSet ? 1UL << (place % 64) : 0;
                }

                texts.Add(text);
            }

            patterns.Add(signs);
        }

        return patterns.Count == texts.Count;
    }, iter: 200);

    [Fact]
    public void Set_ManyNumbers_CountsEachOnce()
    {
        using var set = new PatternSet();
        var numbers = new HashSet<UInt128>();
        var draw = new Random(1);
        for (int index = 0; index < 300_000; index++)
        {
            var number = new UInt128(index % 2 == 0 ? 0UL : (ulong)draw.Next(20), (ulong)draw.Next(1, 40_000) << draw.Next(3));
            set.Add(number);
            numbers.Add(number);
        }

        set.Count.Should().Be(numbers.Count).And.BeGreaterThan(100_000);
    }
}
