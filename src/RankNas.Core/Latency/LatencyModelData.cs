namespace RankNas.Latency;

/// <summary>A latency model as JSON has it.</summary>
internal sealed record LatencyModelData(
    int Version, string Description, int Networks, double MeanError, double RankCorrelation, IReadOnlyDictionary<string, double> Weights)
{
    public const int Newest = 1;

    /// <exception cref="FormatException">Its parts are none of a model.</exception>
    public void Check()
    {
        ThrowIf(Version != Newest, $"its version is {Version}, and not {Newest}");
        ThrowIf(string.IsNullOrWhiteSpace(Description), "it has no description");
        ThrowIf(Networks < 1 || MeanError is not >= 0, "its networks or its error are none");
        ThrowIf(Weights.Count == 0 || Weights.Values.Any(weight => !double.IsFinite(weight) || weight < 0), "a weight is not a finite number of at least 0");
    }

    private static void ThrowIf(bool isWrong, string what)
    {
        if (isWrong)
        {
            throw new FormatException(what);
        }
    }
}
