namespace RankNas.Proxies;

/// <summary>Takes the layers' inputs that a pass reports.</summary>
public interface ILayerSink
{
    /// <summary>Gets the kinds of layer to report; others may be left out.</summary>
    LayerKinds Kinds { get; }

    /// <summary>Takes an input, just before its layers run.</summary>
    void Take(LayerInput input);
}
