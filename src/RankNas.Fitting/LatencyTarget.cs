namespace RankNas.Fitting;

/// <summary>What the latency of a network is measured in.</summary>
public enum LatencyTarget
{
    /// <summary>ONNX Runtime on this machine's CPU, in one thread: what <see cref="PictureClassifier"/> and most applications run models in.</summary>
    OnnxRuntime,

    /// <summary>TorchSharp on this machine's CPU.</summary>
    Torch,
}
