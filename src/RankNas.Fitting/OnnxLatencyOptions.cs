namespace RankNas.Fitting;

/// <summary>How latencies are measured in ONNX Runtime.</summary>
public sealed record OnnxLatencyOptions
{
    private const int Most = 65_536;

    /// <summary>Gets the number of threads that work on one operation, from 1 to 1,024.</summary>
    /// <value>The default is 1, which other work on the machine disturbs least.</value>
    public int Threads { get; init => field = InRange(value, 1, 1024, nameof(Threads)); } = 1;

    /// <summary>Gets the number of images in the batch, from 1 to 65,536.</summary>
    /// <value>The default is 1.</value>
    public int BatchSize { get; init => field = InRange(value, 1, Most, nameof(BatchSize)); } = 1;

    /// <summary>Gets the number of passes before the timed ones, from 0 to 65,536.</summary>
    /// <value>The default is 3.</value>
    public int WarmUps { get; init => field = InRange(value, 0, Most, nameof(WarmUps)); } = 3;

    /// <summary>Gets the number of timed passes, from 1 to 65,536; their median is the latency.</summary>
    /// <value>The default is 15.</value>
    public int Repeats { get; init => field = InRange(value, 1, Most, nameof(Repeats)); } = 15;

    private static int InRange(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be from {least} to {most:N0}."));
}
