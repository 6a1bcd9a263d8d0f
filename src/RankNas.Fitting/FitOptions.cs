using RankNas.Torch;

namespace RankNas.Fitting;

/// <summary>How a model is made of pictures.</summary>
public sealed record FitOptions
{
    /// <summary>Gets the folder that the model is written to. It is made if it does not exist.</summary>
    /// <value>The default is <c>model</c>.</value>
    public string OutputFolder { get; init; } = "model";

    /// <summary>Gets whether an earlier run in <see cref="OutputFolder"/> goes on where it stopped.</summary>
    /// <value>The default is not to: a folder with a run in it is refused.</value>
    public bool Resume { get; init; }

    /// <summary>Gets the search space.</summary>
    /// <value>The default is null: NATS-Bench's topology space for pictures of up to 48 pixels, the mobile space for larger ones.</value>
    public ISearchSpace? Space { get; init; }

    /// <summary>Gets the most parameters that the network may have, at least 1.</summary>
    /// <value>The default is null: as many as it has.</value>
    public long? MaxParameters { get; init => field = Positive(value, nameof(MaxParameters)); }

    /// <summary>Gets the most multiply-accumulates that one picture may take, at least 1.</summary>
    /// <value>The default is null: as many as it takes.</value>
    public long? MaxMacs { get; init => field = Positive(value, nameof(MaxMacs)); }

    /// <summary>Gets the longest that one picture may take, measured on this machine's CPU in <see cref="LatencyTarget"/>.</summary>
    /// <value>The default is null: as long as it takes.</value>
    public TimeSpan? MaxLatency { get; init => field = Positive(value, nameof(MaxLatency)); }

    /// <summary>Gets what <see cref="MaxLatency"/> is measured in.</summary>
    /// <value>The default is ONNX Runtime, by <see cref="OnnxLatency"/>.</value>
    public LatencyTarget LatencyTarget { get; init; }

    /// <summary>Gets whether a quantised form of the model, of 8 bits, is written and measured too: see <see cref="Quantizing.Quantizer"/>.</summary>
    /// <value>The default is not to.</value>
    public bool Quantize { get; init; }

    /// <summary>Gets how long the whole may take. A fifth of it is for the search, three tenths for comparing candidates, the rest for training.</summary>
    /// <value>The default is null: as long as it takes.</value>
    public TimeSpan? TimeLimit { get; init => field = Positive(value, nameof(TimeLimit)); }

    /// <summary>Gets how many architectures the search scores, at least 1.</summary>
    /// <value>The default is 200.</value>
    public int Budget { get; init => field = InRange(value, 1, 1_000_000_000, nameof(Budget)); } = 200;

    /// <summary>Gets how many pictures the proxies look at, from 2; all training pictures if there are fewer.</summary>
    /// <value>The default is 64.</value>
    public int ProbeBatch { get; init => field = InRange(value, 2, 1_000_000, nameof(ProbeBatch)); } = 64;

    /// <summary>Gets how many of the best-ranked architectures are trained briefly, of which the best on the validation pictures is trained out. With 1, only the best-ranked one is trained. From 1 to 100.</summary>
    /// <value>The default is 3.</value>
    public int Candidates { get; init => field = InRange(value, 1, 100, nameof(Candidates)); } = 3;

    /// <summary>Gets how often the last training goes through the pictures, at least 1; a brief training goes through them a fifth as often.</summary>
    /// <value>The default is null: 64,000 through the number of training pictures, from 30 to 300.</value>
    public int? Epochs { get; init => field = value is { } epochs ? InRange(epochs, 1, 1_000_000, nameof(Epochs)) : null; }

    /// <summary>Gets the share of each class that is held out for validation, where the folder has no validation pictures of its own; between 0 and 1.</summary>
    /// <value>The default is 0.2.</value>
    public double ValidationShare { get; init => field = Share(value, nameof(ValidationShare), canBeNone: false); } = 0.2;

    /// <summary>Gets the share of each class that is held out for a test of the end result, where the folder has no test pictures of its own; at least 0 and less than 1.</summary>
    /// <value>The default is 0: none.</value>
    public double TestShare { get; init => field = Share(value, nameof(TestShare), canBeNone: true); }

    /// <summary>Gets the seed of the split, the weights, the search and the training.</summary>
    /// <value>The default is 0.</value>
    public long Seed { get; init; }

    /// <summary>Gets how pictures are read.</summary>
    /// <value>The default is that of <see cref="PictureOptions"/>; the size of the space if it has one.</value>
    public PictureOptions Pictures { get; init; } = new();

    /// <summary>Gets where networks run.</summary>
    /// <value>The default is the CPU.</value>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Gets the training. Its epochs, seed, device, time limit and checkpoint are set by the other options and by the run.</summary>
    /// <value>The default is null: SGD with a cosine schedule after a warm-up, label smoothing of 0.1, random crops, flips and colours, the weights of the epoch with the least validation loss, and batches of a tenth of the pictures, from 16 to 64.</value>
    public TrainingOptions? Training { get; init; }

    /// <summary>Gets the training that a run has by these options, such as for another network to compare with.</summary>
    /// <param name="pictures">The number of training pictures, at least 1.</param>
    /// <param name="epochs">The number of epochs, at least 1; that of the last training where null.</param>
    public TrainingOptions TrainingOf(int pictures, int? epochs = null) => Running.FitDefaults.TrainingFor(this, pictures, epochs ?? Running.FitDefaults.EpochsFor(this, pictures));

    private static long? Positive(long? value, string name) => value is < 1
        ? throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be at least 1."))
        : value;

    private static TimeSpan? Positive(TimeSpan? value, string name) => value <= TimeSpan.Zero
        ? throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be greater than 0."))
        : value;

    private static int InRange(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be from {least} to {most:N0}."));

    private static double Share(double value, string name, bool canBeNone) => value is > 0 and < 1 || (canBeNone && value == 0)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(
            CultureInfo.InvariantCulture, $"{name} is {value}: it must be {(canBeNone ? "at least 0 and less than 1" : "between 0 and 1")}."));
}
