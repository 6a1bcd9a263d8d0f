using RankNas.Torch;

namespace RankNas.Distributed.Working;

/// <summary>What a worker is and knows, beside the built-in spaces and proxies.</summary>
public sealed record ClusterWorkerOptions
{
    /// <summary>Gets how many architectures are scored at once; null for one on each core, as far as memory allows, or one for each GPU.</summary>
    /// <value>The default is null; from 1 to 1,024.</value>
    public int? Workers { get; init; }

    /// <summary>Gets where networks run: the CPU, or GPUs, each once.</summary>
    /// <value>The default is the CPU.</value>
    public ImmutableArray<ComputeDevice> Devices { get; init; } = [ComputeDevice.Cpu];

    /// <summary>Gets the worker's name, which has to be its own.</summary>
    /// <value>The default is the machine's name and a few random letters.</value>
    public string Name { get; init; } = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Gets the spaces, proxies, noise generators and initialisers that it knows beside the built-in ones.</summary>
    /// <value>The default is none.</value>
    public WorkerParts Parts { get; init; } = WorkerParts.None;

    /// <summary>Gets how long what is in hand may go on once the worker is told to end.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    internal TimeSpan PresencePeriod { get; init; } = TimeSpan.FromSeconds(5);

    internal Func<SearchAnnouncement, IArchitectureEvaluator>? CreateEvaluator { get; init; }

    internal string? Numerics { get; init; }

    internal void Check()
    {
        if (Workers is { } workers)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1, nameof(Workers));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, NasBuilder.MostWorkers, nameof(Workers));
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentOutOfRangeException.ThrowIfLessThan(Grace, TimeSpan.Zero);
    }
}
