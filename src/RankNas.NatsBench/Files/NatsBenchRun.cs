using System.Collections.Immutable;

namespace RankNas.NatsBench.Files;

/// <summary>One training of one architecture on one data set with one seed.</summary>
internal sealed class NatsBenchRun
{
    // Far beyond the longest training there is.
    private const int MostEpochs = 1000;

    // Each is looked up for every seed. NATS-Bench measured a few.
    private const int MostLatencies = 10_000;

    private readonly NatsBenchNode _run;

    public NatsBenchRun(NatsBenchNode run)
    {
        _run = run;
        Epochs = run["epochs"].AsInteger(1, MostEpochs);
    }

    public int Epochs { get; }

    public double ParametersMillions => _run["params"].AsNumber();

    public double FlopsMillions => _run["flop"].AsNumber();

    /// <summary>Gets the mean of the latencies that were measured; null where none was.</summary>
    public double? LatencySeconds
    {
        get
        {
            if (_run.Find("latency") is not { } latencies || latencies.List.Count == 0)
            {
                return null;
            }

            if (latencies.List.Count > MostLatencies)
            {
                throw latencies.Malformed(FormattableString.Invariant($"has {latencies.List.Count} measurements, and {MostLatencies} are plenty"));
            }

            double mean = Enumerable.Range(0, latencies.List.Count).Average(index => latencies.At(index).AsNumber());
            return mean > 0 ? mean : null;
        }
    }

    /// <summary>Gets how long all epochs took.</summary>
    public double? TrainSeconds => Sum("train_times", epoch => (long)epoch);

    /// <summary>Gets the accuracy after the last epoch, in percent.</summary>
    public double AccuracyOn(string set) => _run["eval_acc1es"][KeyOf(set, Epochs - 1)].AsNumber(most: 100);

    /// <summary>Gets how long one evaluation took, on average over the epochs.</summary>
    public double? EvaluationSecondsOn(string set) => Sum("eval_times", epoch => KeyOf(set, epoch)) / Epochs;

    /// <summary>Gets the accuracy after each epoch, in percent; empty where it was not measured after each.</summary>
    public ImmutableArray<double> AccuraciesOn(string set)
    {
        var accuracies = ImmutableArray.CreateBuilder<double>(Epochs);
        for (int epoch = 0; epoch < Epochs && _run["eval_acc1es"].Find(KeyOf(set, epoch)) is { } accuracy; epoch++)
        {
            accuracies.Add(accuracy.AsNumber(most: 100));
        }

        return accuracies.Count == Epochs ? accuracies.MoveToImmutable() : [];
    }

    private static string KeyOf(string set, int epoch) => string.Create(CultureInfo.InvariantCulture, $"{set}@{epoch}");

    private double? Sum(string name, Func<int, object> keyOf)
    {
        if (_run.Find(name) is not { } times)
        {
            return null;
        }

        double sum = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            if (times.Find(keyOf(epoch)) is not { } time)
            {
                return null;
            }

            sum += time.AsNumber();
        }

        return sum;
    }
}
