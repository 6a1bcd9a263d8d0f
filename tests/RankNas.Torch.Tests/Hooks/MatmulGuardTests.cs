using RankNas.Torch.Hooks;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests.Hooks;

/// <summary>What is refused where errors of <c>matmul</c> cannot be had.</summary>
public sealed class MatmulGuardTests
{
    [Fact]
    public void ThrowIfFormatsMayDiffer_ATensorThatIsNotRegistered_NamesIt()
    {
        TorchRuntime.EnsureLoaded();
        using var network = new Multiplies();

        FluentActions.Invoking(() => MatmulGuard.ThrowIfFormatsMayDiffer(network, ScalarType.BFloat16)).Should().Throw<InvalidOperationException>()
            .WithMessage("Multiplies._matrices is in Float32, the images are in BFloat16, and matmul(…) ends the process where they differ: register*");
        FluentActions.Invoking(() => MatmulGuard.ThrowIfFormatsMayDiffer(network, ScalarType.Float32)).Should().NotThrow();
    }

    [Fact]
    public void ThrowIfFormatsMayDiffer_ATensorMadeOnTheWay_NamesWhatMakesIt()
    {
        TorchRuntime.EnsureLoaded();
        using var network = new MultipliesOnes();

        FluentActions.Invoking(() => MatmulGuard.ThrowIfFormatsMayDiffer(network, ScalarType.Float64)).Should().Throw<InvalidOperationException>()
            .WithMessage("MultipliesOnes.forward() calls ones(…) and matmul(…), which ends the process where their dtypes differ: register*");
    }

    private sealed class Multiplies() : nn.Module<Tensor, Tensor>("multiplies")
    {
        private readonly Tensor[] _matrices = [ones(2, 2, dtype: ScalarType.Float32, device: CPU)];

        public override Tensor forward(Tensor input) => input.matmul(_matrices[0]);
    }

    private sealed class MultipliesOnes() : nn.Module<Tensor, Tensor>("multiplies-ones")
    {
        public override Tensor forward(Tensor input) => input.matmul(ones(2, 2, dtype: ScalarType.Float32, device: CPU));
    }
}
