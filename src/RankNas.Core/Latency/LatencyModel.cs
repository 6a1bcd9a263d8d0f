using MathNet.Numerics.LinearAlgebra;
using RankNas.Constraints;
using RankNas.Correlation;
using RankNas.Files;

namespace RankNas.Latency;

/// <summary>A linear model of latencies, fitted to a few measured networks: so much for each operation of a kind, for its multiply-accumulates and for the bytes that it reads and writes.</summary>
/// <remarks>Non-negative least squares of the relative error. Kinds are those of the graph's operations, convolutions by their kernels too.
/// The errors are those of each network by a model that was fitted to the others.</remarks>
public sealed class LatencyModel : ILatencySource
{
    private const int LeastNetworks = 3;

    private readonly IReadOnlyDictionary<string, double> _weights;

    private LatencyModel(LatencyModelData data)
    {
        _weights = data.Weights;
        (Description, Networks, MeanError, RankCorrelation) = (data.Description, data.Networks, data.MeanError, data.RankCorrelation);
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Gets the number of networks that the model was fitted to.</summary>
    public int Networks { get; }

    /// <summary>Gets the mean absolute error of a network that the model was not fitted to, in percent of its latency; infinite if a network alone has a kind of operation.</summary>
    public double MeanError { get; }

    /// <summary>Gets Spearman's ρ between measured latencies and those of models that were not fitted to the network; NaN if it is not defined.</summary>
    public double RankCorrelation { get; }

    /// <summary>Fits a model.</summary>
    /// <param name="description">What the latencies are of, for people: <c>this laptop, one thread</c>.</param>
    /// <param name="networks">Networks and their latencies in milliseconds, at least three; several times as many as there are kinds of operations are better.</param>
    /// <exception cref="ArgumentException">There are fewer networks, or a latency is not a finite number greater than 0.</exception>
    public static LatencyModel Fit(string description, IEnumerable<(NetworkGraph Network, double Milliseconds)> networks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentNullException.ThrowIfNull(networks);
        (IReadOnlyDictionary<string, double> Features, double Milliseconds)[] all = [.. networks.Select(one => (LatencyFeatures.Of(one.Network), one.Milliseconds))];
        if (all.Length < LeastNetworks)
        {
            throw new ArgumentException($"There are {all.Length} networks: measure at least {LeastNetworks}.", nameof(networks));
        }

        if (all.Any(one => !double.IsFinite(one.Milliseconds) || one.Milliseconds <= 0))
        {
            throw new ArgumentException("A latency is not a finite number of milliseconds greater than 0.", nameof(networks));
        }

        double[] left = [.. all.Select((one, place) => Sum(WeightsOf([.. all.Where((_, other) => other != place)]), one.Features) ?? double.PositiveInfinity)];
        double[] measured = [.. all.Select(one => one.Milliseconds)];
        return new LatencyModel(new LatencyModelData(
            LatencyModelData.Newest,
            description,
            all.Length,
            100 * left.Zip(measured, (predicted, actual) => Math.Abs(predicted - actual) / actual).Average(),
            Array.TrueForAll(left, double.IsFinite) ? SpearmanRho.Of(measured, left) : double.NaN,
            WeightsOf(all)));
    }

    /// <summary>Reads a model that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="InvalidDataException">It is no such model; the message says where and why.</exception>
    public static LatencyModel FromJson(string json) => new(JsonText.Read(json, LatencyModelJson.Default.LatencyModelData, "a latency model", data => data.Check()));

    /// <summary>Writes the model as JSON; all numbers round-trip.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(
        new LatencyModelData(LatencyModelData.Newest, Description, Networks, MeanError, RankCorrelation, _weights), LatencyModelJson.Default.LatencyModelData);

    /// <summary>Predicts the latency of a network, in milliseconds.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidOperationException">It has a kind of operation that none of the fitted networks had.</exception>
    public double MillisecondsOf(NetworkGraph network)
    {
        ArgumentNullException.ThrowIfNull(network);
        IReadOnlyDictionary<string, double> features = LatencyFeatures.Of(network);
        return Sum(_weights, features) ?? throw new InvalidOperationException(
            $"The model knows nothing of '{features.Keys.First(name => !_weights.ContainsKey(name))}', which the network has: fit it to measured networks that have it too.");
    }

    /// <inheritdoc/>
    public double MillisecondsOf(ConstraintCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return MillisecondsOf(candidate.Graph);
    }

    private static double? Sum(IReadOnlyDictionary<string, double> weights, IReadOnlyDictionary<string, double> features) =>
        features.Keys.All(weights.ContainsKey) ? features.Sum(feature => weights[feature.Key] * feature.Value) : null;

    // Each row is divided by its latency: what is squared is the relative error.
    private static SortedDictionary<string, double> WeightsOf((IReadOnlyDictionary<string, double> Features, double Milliseconds)[] networks)
    {
        string[] names = [.. networks.SelectMany(network => network.Features.Keys).Distinct().Order(StringComparer.Ordinal)];
        Matrix<double> a = Matrix<double>.Build.Dense(
            networks.Length, names.Length, (row, column) => networks[row].Features.GetValueOrDefault(names[column]) / networks[row].Milliseconds);
        double[] weights = NonNegativeLeastSquares.Solve(a, Vector<double>.Build.Dense(networks.Length, 1));
        return new SortedDictionary<string, double>(names.Zip(weights).ToDictionary(pair => pair.First, pair => pair.Second), StringComparer.Ordinal);
    }
}
