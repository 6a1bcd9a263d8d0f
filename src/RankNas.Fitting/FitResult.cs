namespace RankNas.Fitting;

/// <summary>What was made of pictures.</summary>
public sealed record FitResult
{
    /// <summary>Gets the folder that the files are in; <see cref="FitFiles"/> has their names.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets why it ended.</summary>
    public required FitEnd End { get; init; }

    /// <summary>Gets the space that was searched.</summary>
    public required string Space { get; init; }

    /// <summary>Gets the architecture of the model.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>Gets the number of parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Gets the multiply-accumulates of one picture.</summary>
    public required long Macs { get; init; }

    /// <summary>Gets how long the model takes for one picture in ONNX Runtime on this machine's CPU, in one thread.</summary>
    public required LatencyMeasurement Latency { get; init; }

    /// <summary>Gets what was read.</summary>
    public required PictureReport Pictures { get; init; }

    /// <summary>Gets the search.</summary>
    public required SearchResult Search { get; init; }

    /// <summary>Gets what was trained briefly, the best first; empty where only the best-ranked architecture was trained.</summary>
    public required ImmutableArray<FitCandidate> Candidates { get; init; }

    /// <summary>Gets the last training.</summary>
    public required TrainingResult Training { get; init; }

    /// <summary>Gets how the model does on the validation pictures. They chose the architecture and the epoch: expect a little less on others.</summary>
    public required ClassificationMetrics Validation { get; init; }

    /// <summary>Gets how the model does on the test pictures, which chose nothing; null where there are none.</summary>
    public required ClassificationMetrics? Test { get; init; }

    /// <summary>Gets the quantised form of the model; null where <see cref="FitOptions.Quantize"/> did not ask for it.</summary>
    public QuantizedModel? Quantized { get; init; }

    /// <summary>Gets how long it took, without what an earlier run of the folder took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
