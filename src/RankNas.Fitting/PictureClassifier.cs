using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using RankNas.Fitting.Predicting;

namespace RankNas.Fitting;

/// <summary>Predicts the classes of pictures by a model that was made by <see cref="Fit"/>, in ONNX Runtime; neither libtorch nor the space is needed.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class PictureClassifier : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ClassifierMetadata _model;
    private readonly string _input;
    private readonly NetworkShape _shape;

    private PictureClassifier(InferenceSession session, ClassifierMetadata model, string input, NetworkShape shape) =>
        (_session, _model, _input, _shape) = (session, model, input, shape);

    /// <summary>Gets the names of the classes.</summary>
    public ImmutableArray<string> ClassNames => _model.Classes;

    /// <summary>Gets the shape that pictures are brought into, and the number of classes.</summary>
    public NetworkShape Shape => _shape;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The folder that <see cref="Fit"/> wrote, or the ONNX file in it.</param>
    /// <exception cref="FileNotFoundException">There is no model.</exception>
    /// <exception cref="InvalidDataException">The file is no model of <see cref="Fit"/>, or is damaged.</exception>
    public static PictureClassifier Load(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        string file = Directory.Exists(model) ? Path.Combine(model, FitFiles.Onnx) : model;
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no model at '{file}': name a folder that fit wrote, or its {FitFiles.Onnx}.", file);
        }

        InferenceSession session;
        try
        {
            session = new InferenceSession(file);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"'{file}' is no ONNX model, or is damaged: {exception.Message}", exception);
        }

        try
        {
            ClassifierMetadata metadata = ClassifierMetadata.Read(session.ModelMetadata.CustomMetadataMap, file);
            (string input, NodeMetadata node) = session.InputMetadata.Single();
            return node.Dimensions is [_, > 0 and var channels, > 0 and var height, > 0 and var width]
                ? new PictureClassifier(session, metadata, input, new NetworkShape { Channels = channels, Height = height, Width = width, Classes = metadata.Classes.Length })
                : throw new InvalidDataException($"'{file}' does not take images [N, C, H, W].");
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Predicts the class of a picture.</summary>
    /// <param name="path">A picture file: PNG, JPEG, WebP, BMP or GIF.</param>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no picture, or is damaged.</exception>
    public Prediction Predict(string path) => Predict(PictureReader.Read(path, _shape, _model.Pictures));

    /// <summary>Predicts the class of a picture.</summary>
    /// <param name="stream">The bytes of a picture file.</param>
    /// <exception cref="InvalidDataException">It is no picture, or is damaged.</exception>
    public Prediction Predict(Stream stream) => Predict(PictureReader.Read(stream, _shape, _model.Pictures));

    /// <summary>Predicts the class of pixels.</summary>
    /// <param name="pixels">The pixels <c>[H, W, C]</c> of <see cref="Shape"/>, from 0 to 255.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public Prediction Predict(ReadOnlySpan<byte> pixels)
    {
        int plane = _shape.Height * _shape.Width;
        if (pixels.Length != plane * _shape.Channels)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A picture of {_shape.InputText} has {plane * _shape.Channels} values, and there are {pixels.Length}."), nameof(pixels));
        }

        float[] values = new float[pixels.Length];
        for (int value = 0; value < values.Length; value++)
        {
            values[value % _shape.Channels * plane + value / _shape.Channels] = pixels[value] / 255f;
        }

        var images = new DenseTensor<float>(values, [1, _shape.Channels, _shape.Height, _shape.Width]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = _session.Run([NamedOnnxValue.CreateFromTensor(_input, images)]);
        return OfLogits([.. outputs[0].AsEnumerable<float>()]);
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => _session.Dispose();

    private Prediction OfLogits(float[] logits)
    {
        double largest = logits.Max();
        double[] powers = [.. logits.Select(logit => Math.Exp(logit - largest))];
        double sum = powers.Sum();
        return new Prediction([.. powers.Select((power, place) => new ClassProbability(_model.Classes[place], power / sum)).OrderByDescending(one => one.Probability)]);
    }
}
