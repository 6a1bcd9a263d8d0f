using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Makes layers without drawing weights: modules' own initialisation reads the global generator, which threads share.</summary>
/// <remarks>What a layer is made with on no device is disposed as soon as it is replaced; the layer does not.</remarks>
internal static class LayerFactory
{
    public static Conv2d Convolution(long inChannels, long outChannels, int kernel, int stride = 1)
    {
        Conv2d layer = nn.Conv2d(inChannels, outChannels, kernel, stride: stride, padding: kernel / 2, bias: false, device: META, dtype: ScalarType.Float32);
        using (layer.weight)
        {
            layer.weight = OnCpu(layer.weight!);
        }

        _ = PointwiseConvolutions.Repair(layer);
        return layer;
    }

    public static BatchNorm2d Normalization(long channels)
    {
        BatchNorm2d layer = nn.BatchNorm2d(channels, device: META, dtype: ScalarType.Float32);
        using (layer.weight)
        using (layer.bias)
        using (layer.running_mean)
        using (layer.running_var)
        using (layer.num_batches_tracked)
        {
            layer.weight = OnCpu(layer.weight!);
            layer.bias = OnCpu(layer.bias!);
            layer.running_mean = zeros(channels, dtype: ScalarType.Float32, device: CPU);
            layer.running_var = ones(channels, dtype: ScalarType.Float32, device: CPU);
            layer.num_batches_tracked = zeros([], dtype: ScalarType.Int64, device: CPU);
        }

        return layer;
    }

    public static Linear Linear(long inFeatures, long outFeatures)
    {
        Linear layer = nn.Linear(inFeatures, outFeatures, device: META, dtype: ScalarType.Float32);
        using (layer.weight)
        using (layer.bias)
        {
            layer.weight = OnCpu(layer.weight!);
            layer.bias = OnCpu(layer.bias!);
        }

        return layer;
    }

    public static AvgPool2d CellPooling() => nn.AvgPool2d(3, 1, 1, count_include_pad: false);

    // Rounding up makes odd sizes match those of the convolutions of stride 2.
    public static AvgPool2d HalvingPooling() => nn.AvgPool2d(2, 2, ceil_mode: true);

    private static Parameter OnCpu(Parameter onMeta) => new(empty(onMeta.shape, dtype: ScalarType.Float32, device: CPU));
}
