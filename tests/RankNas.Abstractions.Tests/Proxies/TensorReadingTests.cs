using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Abstractions.Tests.Proxies;

public class TensorReadingTests
{
    [Theory]
    [InlineData(new long[0])]
    [InlineData(new long[] { 7 })]
    [InlineData(new long[] { 0, 3 })]
    [InlineData(new long[] { 2, 3, 4, 5 })]
    public void SizesAndStrides_OfAnyShape_AreTorchSharps(long[] shape)
    {
        using Tensor tensor = zeros(shape);
        using Tensor turned = tensor.permute([.. Enumerable.Range(0, shape.Length).Reverse().Select(dimension => (long)dimension)]);
        foreach (Tensor one in (Tensor[])[tensor, turned])
        {
            one.Sizes().Should().Equal(one.shape);
            one.Strides().Should().Equal(one.stride());
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1.0 / 3)]
    [InlineData(ScalarType.Float32, 0.25)]
    [InlineData(ScalarType.BFloat16, -2)]
    [InlineData(ScalarType.Int64, 1L << 40)]
    [InlineData(ScalarType.Float32, double.NegativeInfinity)]
    public void ReadNumber_OfOneElement_IsItsValue(ScalarType dtype, double value)
    {
        using Tensor number = tensor(value, dtype: dtype);
        using Tensor inARow = number.view(1, 1);
        number.ReadNumber().Should().Be(value);
        inARow.ReadNumber().Should().Be(value);
    }

    [Fact]
    public void ReadNumber_OfSeveral_IsRefused()
    {
        using Tensor several = zeros(2);
        several.Invoking(tensor => tensor.ReadNumber()).Should().Throw<ArgumentException>().WithMessage("A number is read of one element, not of [2].*");
    }

    [Fact]
    public void NoTensor_IsRefused()
    {
        Tensor none = null!;
        foreach (Action reading in (Action[])[() => none.Sizes(), () => none.Strides(), () => none.ReadNumber()])
        {
            reading.Should().Throw<ArgumentNullException>().WithParameterName("tensor");
        }
    }
}
