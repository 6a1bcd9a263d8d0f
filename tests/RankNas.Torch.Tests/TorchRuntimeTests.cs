using TorchSharp;

namespace RankNas.Torch.Tests;

public class TorchRuntimeTests
{
    [Fact]
    public void EnsureLoaded_OnThisSystem_LetsTensorsBeSummed()
    {
        TorchRuntime.EnsureLoaded();

        using torch.Tensor sum = torch.ones(2, 3).sum();

        sum.item<float>().Should().Be(6);
    }
}
