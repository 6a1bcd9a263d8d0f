namespace RankNas.Proxies;

/// <summary>Takes the layers' inputs that a pass reports.</summary>
public interface ILayerSink
{
    /// <summary>Gets the kinds of layer to report; others may be left out.</summary>
    LayerKinds Kinds { get; }

    /// <summary>Gets whether nothing but the signs of what goes into activations is read: passes may report those alone, and later.</summary>
    internal bool ReadsSignsAlone => false;

    /// <summary>Takes an input, just before its layers run.</summary>
    void Take(LayerInput input);
}
