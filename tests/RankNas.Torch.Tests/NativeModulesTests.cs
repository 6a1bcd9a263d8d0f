using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class NativeModulesTests
{
    [Fact]
    public void Dispose_EveryKindOfLayer_LeavesNoNativeModule()
    {
        nn.Module<Tensor, Tensor>[] layers =
        [
            nn.Conv2d(3, 4, 3), nn.ConvTranspose2d(3, 4, 3), nn.Linear(3, 4), nn.PReLU(1),
            nn.BatchNorm2d(3), nn.GroupNorm(3, 3), nn.LayerNorm(3), nn.ReLU(), nn.AvgPool2d(2), nn.Identity(),
        ];
        nn.Module network = nn.Sequential(layers);

        NativeModules.Dispose(network);

        layers.Append(network).Should().OnlyContain(module => NativeHalf.IsFree(module));
    }

    [Fact]
    public void Own_LeavesNoNativeModuleAfterItsScope()
    {
        nn.Module layer = nn.Linear(3, 4);
        using (NativeModules.Own(layer))
        {
            NativeHalf.IsFree(layer).Should().BeFalse();
        }

        NativeHalf.IsFree(layer).Should().BeTrue();
    }

    [Fact]
    public void Dispose_ALayerByItself_LeavesNoNativeModule()
    {
        nn.Module layer = nn.Bilinear(2, 3, 4);

        NativeModules.Dispose(layer);

        NativeHalf.IsFree(layer).Should().BeTrue();
    }

    [Fact]
    public void Free_WhatIsFreeAlready_DoesNothing()
    {
        nn.Module network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU());
        nn.Module[] modules = [.. network.modules()];
        NativeModules.Dispose(network);

        Action again = () => NativeModules.Free(modules);

        again.Should().NotThrow();
    }
}
