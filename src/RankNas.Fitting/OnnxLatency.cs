using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using RankNas.Constraints;
using RankNas.Fitting.Predicting;
using RankNas.Latency;
using static TorchSharp.torch;

namespace RankNas.Fitting;

/// <summary>Latencies that are measured in ONNX Runtime on this machine's CPU, each once in the lifetime of this object.</summary>
/// <remarks>
/// The untrained network is exported as <see cref="Fit"/> exports trained ones, and gets the same images each time; the time of a network does not depend on its weights.
/// In a process one network is measured at a time: several would disturb each other. Other work on the machine still does.
/// </remarks>
/// <param name="options">How it is measured; the defaults where null.</param>
public sealed class OnnxLatency(OnnxLatencyOptions? options = null) : ILatencySource
{
    private static readonly Lock OneAtATime = new();

    private readonly OnnxLatencyOptions _options = options ?? new OnnxLatencyOptions();
    private readonly ConcurrentDictionary<(string Architecture, NetworkShape Shape), Lazy<double>> _measured = new();

    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"a batch of {_options.BatchSize} in ONNX Runtime, {_options.Threads} {(_options.Threads == 1 ? "thread" : "threads")}");

    /// <summary>Gets an architecture's latency in milliseconds, greater than 0: measured by the first call, then kept.</summary>
    /// <param name="candidate">The architecture.</param>
    /// <exception cref="Onnx.OnnxExportException">A module of its network cannot be exported; the message names it.</exception>
    public double MillisecondsOf(ConstraintCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return _measured.GetOrAdd((candidate.Architecture.Text, candidate.Shape), _ => new Lazy<double>(() => Measure(candidate).Milliseconds)).Value;
    }

    /// <summary>Measures an architecture's untrained network.</summary>
    /// <param name="candidate">The architecture.</param>
    /// <returns>The latency and its spread; each call measures anew.</returns>
    /// <exception cref="Onnx.OnnxExportException">A module of its network cannot be exported; the message names it.</exception>
    public LatencyMeasurement Measure(ConstraintCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        using nn.Module<Tensor, Tensor> network = candidate.BuildNetwork();
        return Measure(network, candidate.Shape);
    }

    /// <summary>Measures a network.</summary>
    /// <param name="network">The network, from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>; it is not changed.</param>
    /// <param name="shape">The images that it is for, and how many classes it has.</param>
    /// <returns>The latency and its spread; each call measures anew.</returns>
    /// <exception cref="Onnx.OnnxExportException">A module of it cannot be exported, or does not fit the images or classes; the message names it.</exception>
    public LatencyMeasurement Measure(nn.Module<Tensor, Tensor> network, NetworkShape shape) => Measure(network.ToOnnx(shape));

    /// <summary>Measures a model in a file.</summary>
    /// <param name="onnxFile">An ONNX model with one input of float32, of which at most the first dimension, the batch, is open.</param>
    /// <returns>The latency and its spread; each call measures anew.</returns>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no such model, or is damaged.</exception>
    public LatencyMeasurement Measure(string onnxFile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(onnxFile);
        return Measure(File.ReadAllBytes(onnxFile));
    }

    /// <summary>Measures a model in memory.</summary>
    /// <param name="model">An ONNX model with one input of float32, of which at most the first dimension, the batch, is open.</param>
    /// <returns>The latency and its spread; each call measures anew.</returns>
    /// <exception cref="InvalidDataException">It is no such model, or is damaged.</exception>
    public LatencyMeasurement Measure(ReadOnlyMemory<byte> model)
    {
        using OnnxModel loaded = OnnxModel.Load(model, _options.Threads);
        float[] images = Images(loaded.LengthOf(_options.BatchSize));
        lock (OneAtATime)
        {
            for (int pass = 0; pass < _options.WarmUps; pass++)
            {
                TimeOf(loaded, images);
            }

            return LatencyMeasurement.Of([.. Enumerable.Range(0, _options.Repeats).Select(_ => TimeOf(loaded, images))]);
        }
    }

    private double TimeOf(OnnxModel model, float[] images)
    {
        long start = Stopwatch.GetTimestamp();
        using IDisposableReadOnlyCollection<OrtValue> outputs = model.Run(images, _options.BatchSize);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    // Like pixels; zeros may take another time.
    private static float[] Images(int length)
    {
        var random = new Random(0);
        float[] values = new float[length];
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextSingle();
        }

        return values;
    }
}
