using CsCheck;
using RankNas.Kernels.Activations;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Activations;

public class AgreementProductsTests
{
    [Fact]
    public void Counts_LayersOfAnyUnitsAndUses_AreTheFormulasTwoProducts() => Gen.Select(
        Gen.Int[1, 6], Gen.Select(Gen.Int[1, 40], Gen.Int[1, 3]).Array[0, 6], Gen.Int[1, 200], Gen.Bool).Sample((images, layers, mostValues, isInferred) =>
    {
        using DisposeScope scope = NewDisposeScope();
        using var products = new AgreementProducts(images, mostValues);
        double[] expected = new double[images * images];
        using (IDisposable? pass = isInferred ? inference_mode() : null)
        {
            foreach ((int index, (int units, int uses)) in layers.Index())
            {
                Tensor input = NormalDraw.Seeded(index, images, units);
                products.Add(input, uses);
                Tensor code = input.gt(0).to(ScalarType.Float64);
                double[] agreements = [.. (code.mm(code.t()) + (1 - code).mm((1 - code).t())).data<double>()];
                expected = [.. expected.Zip(agreements, (sum, one) => sum + (uses * one))];
            }
        }

        Func<int, int, double> counts = products.Counts();
        return expected.Index().All(pair => counts(pair.Index / images, pair.Index % images) == pair.Item);
    });
}
