namespace RankNas;

/// <summary>Adds up what layers cost on images of a size.</summary>
internal sealed class CostCounter(int height, int width)
{
    private long _parameters;
    private long _macs;

    public NetworkCost Total => new(_parameters, _macs);

    public void AddConvolution(long inChannels, long outChannels, long kernel)
    {
        long weights = inChannels * outChannels * kernel * kernel;
        _parameters += weights;
        _macs += weights * height * width;
    }

    public void AddNormalization(long channels) => _parameters += 2 * channels;

    public void AddLinear(long inFeatures, long outFeatures)
    {
        _parameters += (inFeatures + 1) * outFeatures;
        _macs += inFeatures * outFeatures;
    }

    /// <summary>A layer of stride 2.</summary>
    public void HalveImage() => (height, width) = ((height + 1) / 2, (width + 1) / 2);
}
