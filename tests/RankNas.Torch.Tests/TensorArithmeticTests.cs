using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class TensorArithmeticTests
{
    [Fact]
    public void Plus_AddInPlaceAndTimes_AreTheOperators()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor left = arange(6, dtype: ScalarType.Float32).reshape(2, 3);
        Tensor right = tensor(new float[] { 10, 20, 30 });

        left.Plus(right).data<float>().Should().Equal(10, 21, 32, 13, 24, 35);
        left.Times(0.5).data<float>().Should().Equal(0, 0.5f, 1, 1.5f, 2, 2.5f);
        left.AddInPlace(right);
        left.data<float>().Should().Equal(10, 21, 32, 13, 24, 35);
    }

    [Fact]
    public async Task Plus_WhileAnotherThreadCollectsGarbage_NeverLosesItsNumber()
    {
        using var stop = new CancellationTokenSource();
        Task collector = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    GC.Collect(0);
                    GC.WaitForPendingFinalizers();
                }
            },
            TestContext.Current.CancellationToken);
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor one = ones(1);
            for (int round = 0; round < 20_000; round++)
            {
                using Tensor two = one.Plus(one);
                using Tensor six = two.Times(3);
                six.item<float>().Should().Be(6);
            }
        }

        await stop.CancelAsync();
        await collector;
    }
}
