namespace RankNas.Fitting;

/// <summary>The names of the files in a model's folder.</summary>
public static class FitFiles
{
    /// <summary>The network, with the normalisation of pictures inside and the names of the classes in its metadata.</summary>
    public const string Onnx = "model.onnx";

    /// <summary>The network with weights and activations of 8 bits, where <see cref="FitOptions.Quantize"/> asks for it. <see cref="PictureClassifier"/> takes it too.</summary>
    public const string QuantizedOnnx = "model-int8.onnx";

    /// <summary>The weights by their names in TorchSharp and PyTorch.</summary>
    public const string Weights = "weights.safetensors";

    /// <summary>The report, a page for a browser.</summary>
    public const string Report = "report.html";

    /// <summary>What was done and found, as JSON.</summary>
    public const string Summary = "fit.json";

    /// <summary>The scores of the search, by which a stopped run goes on.</summary>
    public const string Scores = "scores.db";

    /// <summary>The state of the last training, by which a stopped run goes on.</summary>
    public const string Checkpoint = "checkpoint.safetensors";
}
