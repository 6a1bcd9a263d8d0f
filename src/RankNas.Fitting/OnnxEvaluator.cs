using Microsoft.ML.OnnxRuntime;
using RankNas.Fitting.Predicting;

namespace RankNas.Fitting;

/// <summary>Measures how well ONNX models classify images, in ONNX Runtime on the CPU.</summary>
public static class OnnxEvaluator
{
    private const int BatchSize = 16;

    /// <summary>Classifies images.</summary>
    /// <param name="onnxFile">A model from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>, such as <see cref="Fit"/> writes, quantised or not.</param>
    /// <param name="images">The images. They are normalised by their own normalisation, unless the model says that it normalises them itself.</param>
    /// <param name="cancellationToken">Ends it after the batch at hand.</param>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no such model, or is damaged.</exception>
    /// <exception cref="ArgumentException">The images have another shape, or the model another number of classes.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ClassificationMetrics Evaluate(string onnxFile, LabelledImages images, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(onnxFile);
        ArgumentNullException.ThrowIfNull(images);
        using OnnxModel model = OnnxModel.Load(File.ReadAllBytes(onnxFile), threads: 0);
        model.ThrowUnlessFor(images);
        var tally = new MetricsTally(images.ClassNames);
        foreach (int[] places in Enumerable.Range(0, images.Count).Chunk(model.FixedBatch ?? BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] batch = model.FixedBatch is { } size ? [.. places, .. Enumerable.Repeat(places[0], size - places.Length)] : places;
            using IDisposableReadOnlyCollection<OrtValue> outputs = model.Run(model.ImagesOf(images, batch), batch.Length);
            ReadOnlySpan<float> logits = outputs[0].GetTensorDataAsSpan<float>();
            if (logits.Length != batch.Length * images.Shape.Classes)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The model has {logits.Length / batch.Length} classes, and the images have {images.Shape.Classes}."), nameof(images));
            }

            tally.Add(logits[..(places.Length * images.Shape.Classes)], [.. places.Select(place => images.Labels[place])]);
        }

        return tally.ToMetrics();
    }
}
