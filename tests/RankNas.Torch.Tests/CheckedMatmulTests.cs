using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

/// <summary>TorchSharp itself ends the process where any of these fails.</summary>
public sealed class CheckedMatmulTests
{
    public CheckedMatmulTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the process ends.");
        TorchRuntime.EnsureLoaded();
    }

    [Fact]
    public void IsInPlace() => CheckedMatmul.IsInPlace.Should().BeTrue();

    [Theory]
    [InlineData(new long[] { 8, 10 }, new long[] { 9, 10 }, "*cannot be multiplied (8x10 and 9x10)*")]
    [InlineData(new long[] { 8, 1 }, new long[] { 9, 10 }, "*cannot be multiplied (8x1 and 9x10)*")]
    [InlineData(new long[] { 2, 8, 10 }, new long[] { 9, 10 }, "*cannot be multiplied (8x10 and 9x10)*")]
    [InlineData(new long[] { 2, 8, 10 }, new long[] { 3, 10, 4 }, "*(2) must match*(3)*")]
    [InlineData(new long[] { 5, 2, 8, 10 }, new long[] { 4, 1, 10, 4 }, "*(5) must match*(4)*")]
    [InlineData(new long[] { 10 }, new long[] { 2, 9, 4 }, "*cannot be multiplied (1x10 and 9x4)*")]
    [InlineData(new long[] { 2, 3, 10 }, new long[] { 9 }, "*cannot be multiplied (3x10 and 9x1)*")]
    [InlineData(new long[] { 10 }, new long[] { 9 }, "*size*")]
    [InlineData(new long[] { 3, 10 }, new long[] { 9 }, "*size*")]
    [InlineData(new long[] { }, new long[] { 9, 2 }, "*matrix*")]
    [InlineData(new long[] { 2, 3, 9 }, new long[] { }, "*matrix*")]
    public void Matmul_OfShapesThatDoNotFit_Throws(long[] left, long[] right, string message)
    {
        using DisposeScope scope = NewDisposeScope();

        FluentActions.Invoking(() => Ones(left).matmul(Ones(right))).Should().Throw<ExternalException>().WithMessage(message);
        FluentActions.Invoking(() => Ones(left).matmul(Ones(right))).Should().Throw<ExternalException>().WithMessage(message, "one error leaves nothing behind");
    }

    [Theory]
    [InlineData(new long[] { 3, 4 }, new long[] { 4, 5 })]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 4, 5 })]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 2, 4, 5 })]
    [InlineData(new long[] { 4 }, new long[] { 2, 4, 5 })]
    [InlineData(new long[] { 3, 4 }, new long[] { 4 })]
    public void Matmul_OfTwoFormats_Throws(long[] left, long[] right)
    {
        using DisposeScope scope = NewDisposeScope();

        FluentActions.Invoking(() => Ones(left).matmul(Ones(right, ScalarType.Float64))).Should().Throw<ExternalException>();
        FluentActions.Invoking(() => Ones(left, ScalarType.BFloat16).matmul(Ones(right))).Should().Throw<ExternalException>();
    }

    [Theory]
    [InlineData(new long[] { 3, 4 }, new long[] { 4, 5 }, new long[] { 3, 5 })]
    [InlineData(new long[] { 4 }, new long[] { 4 }, new long[] { })]
    [InlineData(new long[] { 3, 4 }, new long[] { 4 }, new long[] { 3 })]
    [InlineData(new long[] { 4 }, new long[] { 4, 5 }, new long[] { 5 })]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 4, 5 }, new long[] { 2, 3, 5 })]
    [InlineData(new long[] { 3, 4 }, new long[] { 2, 4, 5 }, new long[] { 2, 3, 5 })]
    [InlineData(new long[] { 6, 1, 3, 4 }, new long[] { 2, 4, 5 }, new long[] { 6, 2, 3, 5 })]
    [InlineData(new long[] { 0, 3, 4 }, new long[] { 4, 5 }, new long[] { 0, 3, 5 })]
    [InlineData(new long[] { 2, 3, 0 }, new long[] { 0, 5 }, new long[] { 2, 3, 5 })]
    public void Matmul_OfShapesThatFit_IsWhatItWas(long[] left, long[] right, long[] product)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor first = Ones(left).requires_grad_(true);

        Tensor result = first.matmul(Ones(right));
        result.sum().backward();

        result.shape.Should().Equal(product);
        result.data<float>().Distinct().Should().BeSubsetOf([(float)left[^1]]);
        first.grad!.shape.Should().Equal(left);
    }

    private static Tensor Ones(long[] shape, ScalarType format = ScalarType.Float32) => ones(shape, dtype: format, device: CPU);
}
