using System.Text;
using Microsoft.ML.OnnxRuntime;
using RankNas.Fitting.Quantizing;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Onnx;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Fitting.Tests.Quantizing;

public sealed class QuantizerTests : IDisposable
{
    private static readonly NetworkShape Shape = new() { Channels = 3, Height = 16, Width = 16, Classes = 5 };

    private readonly TempFolder _folder = new();

    private string Before => _folder.File("model.onnx");

    private string After => _folder.File("model-int8.onnx");

    public void Dispose() => _folder.Dispose();

    [Theory]

    // The untrained mobile network's logits are next to the same for all images: their differences tell nothing.
    [InlineData("nats-tss", "|nor_conv_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|skip_connect~0|nor_conv_3x3~1|avg_pool_3x3~2|", 0.98)]
    [InlineData("nats-tss", "|none~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|none~2|", 0.98)]
    [InlineData("mobilenet", "w0.35/se:k3e3-k5e3/k7e4-k3e3/se:k3e3-k3e3/k3e3-k3e3/se:k3e3-k3e3", -1)]
    [InlineData("resnet", "d1=1,w1=32,b1=4,k1=3,d2=2,w2=64,b2=4,k2=5,d3=1,w3=128,b3=4,k3=3,d4=1,w4=256,b4=2,k4=3", 0.9)]
    [InlineData("vit", "patch=4,embedding=192,layers=h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4", 0.98)]
    public void Quantize_NetworkOfASpace_AnswersNearlyAsBefore(string space, string arch, double ofDifferences)
    {
        Export(space, arch);
        LabelledImages images = Noise(24, 1);

        QuantizationReport report = Quantizer.Quantize(Before, images, After);

        report.QuantizedLayers.Should().BeGreaterThan(3);
        report.CalibrationImages.Should().Be(24);
        report.BytesAfter.Should().Be(new FileInfo(After).Length).And.BeLessThan(report.BytesBefore);
        report.BytesBefore.Should().Be(new FileInfo(Before).Length);
        LabelledImages others = Noise(12, 2);
        (float[] before, float[] after) = (Logits(Before, others), Logits(After, others));
        Cosine(before, after).Should().BeGreaterThan(0.98);
        Cosine(Centred(before), Centred(after)).Should().BeGreaterThan(ofDifferences);
    }

    [Theory]
    [InlineData("nats-tss", "|nor_conv_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|skip_connect~0|nor_conv_3x3~1|avg_pool_3x3~2|")]
    [InlineData("resnet", "d1=1,w1=32,b1=4,k1=3,d2=2,w2=64,b2=4,k2=5,d3=1,w3=128,b3=4,k3=3,d4=1,w4=256,b4=2,k4=3")]
    [InlineData("mobilenet", "w0.35/se:k3e3-k5e3/k7e4-k3e3/se:k3e3-k3e3/k3e3-k3e3/se:k3e3-k3e3")]
    public void Quantize_NetworkOfConvolutions_LeavesOnnxRuntimeNoneOnFloats(string space, string arch)
    {
        Export(space, arch);

        Quantizer.Quantize(Before, Noise(8, 1), After);

        byte[] optimized = Optimized(After);
        CountOf(optimized, "QLinearConv").Should().Be(CountOf(File.ReadAllBytes(Before), "Conv"));
        foreach (string op in new[] { "Conv", "FusedConv", "Gemm", "FusedGemm", "Add", "Sum", "AveragePool" })
        {
            CountOf(optimized, op).Should().Be(0, op);
        }
    }

    [Fact]
    public void Quantize_Weights_HaveAScaleForEachFilter()
    {
        // The first filter's weight for a channel that is always 0 is so large that, by a scale for all, the others' weights would be 0.
        using Sequential network = nn.Sequential(
            ("conv", nn.Conv2d(3, 8, 3, padding: 1)), ("relu", nn.ReLU()), ("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()), ("linear", nn.Linear(8, 5)));
        WeightInitializer.Default.Initialize(network, 3);
        using (no_grad())
        {
            ((Conv2d)network[0]).weight[0, 2].fill_(1000f);
            ((Linear)network[4]).weight[.., 0].fill_(0f);
        }

        network.eval();
        network.ExportOnnx(Before, Shape);

        Quantizer.Quantize(Before, WithoutBlue(Noise(16, 1)), After);

        LabelledImages others = WithoutBlue(Noise(8, 2));
        Cosine(Centred(Logits(Before, others)), Centred(Logits(After, others))).Should().BeGreaterThan(0.98);
    }

    [Theory]
    [InlineData(CalibrationMethod.MinMax)]
    [InlineData(CalibrationMethod.Percentile)]
    public void Quantize_ModelOfAFixedBatchThatNormalizes_IsAboutAsRight(CalibrationMethod calibration)
    {
        using GraphModule network = Build("nats-tss", "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|none~1|nor_conv_3x3~2|");
        network.eval();
        LabelledImages images = Noise(40, 3);
        network.ExportOnnx(Before, new OnnxOptions { Normalization = images.Normalization, IncludeNormalization = true, BatchSize = 3 });

        QuantizationReport report = Quantizer.Quantize(Before, images, After, new QuantizationOptions { Calibration = calibration, MaxImages = 20 });

        report.CalibrationImages.Should().Be(20);
        AccuracyOf(Before, images).Should().BeApproximately(AccuracyOf(After, images), 0.15);
    }

    [Fact]
    public void Quantize_Metadata_AreKept()
    {
        Export("nats-tss", "|none~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|none~2|", new Dictionary<string, string> { ["classes"] = "[]" });

        Quantizer.Quantize(Before, Noise(4, 1), After);

        using var session = new InferenceSession(After);
        session.ModelMetadata.CustomMetadataMap["classes"].Should().Be("[]");
        session.ModelMetadata.CustomMetadataMap["quantization"].Should().StartWith("int8");
        session.InputNames.Should().Equal("images");
        session.OutputNames.Should().Equal("logits");
    }

    [Fact]
    public void Quantize_QuantizedModel_IsRefused()
    {
        Export("nats-tss", "|none~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|none~2|");
        Quantizer.Quantize(Before, Noise(4, 1), After);

        Action again = () => Quantizer.Quantize(After, Noise(4, 1), _folder.File("again.onnx"));

        again.Should().Throw<InvalidDataException>().WithMessage("*is quantised already: give the float32 model.");
        File.Exists(_folder.File("again.onnx")).Should().BeFalse();
    }

    [Fact]
    public void Quantize_NoModel_IsRefused()
    {
        File.WriteAllText(Before, "no model");

        Action quantizing = () => Quantizer.Quantize(Before, Noise(4, 1), After);

        quantizing.Should().Throw<InvalidDataException>().WithMessage("*is no ONNX model*");
    }

    [Fact]
    public void Quantize_NothingToQuantize_IsRefused()
    {
        using Sequential network = nn.Sequential(("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()));
        network.ExportOnnx(Before, Shape with { Classes = 3 });

        Action quantizing = () => Quantizer.Quantize(Before, Noise(4, 1), After);

        quantizing.Should().Throw<InvalidDataException>().WithMessage("*there is nothing to quantise.");
    }

    [Fact]
    public void Quantize_ImagesOfAnotherSize_AreRefused()
    {
        Export("nats-tss", "|none~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|none~2|");
        LabelledImages images = LabelledImages.FromPixels(new byte[3 * 8 * 8], [0], Shape with { Height = 8, Width = 8 });

        Action quantizing = () => Quantizer.Quantize(Before, images, After);

        quantizing.Should().Throw<ArgumentException>().WithMessage("The model takes images of 3 x 16 x 16, and these have 3 x 8 x 8: read them in its size.*");
    }

    [Theory]
    [InlineData(49.0, 1)]
    [InlineData(100.1, 1)]
    [InlineData(99.0, 0)]
    public void Options_OutOfRange_AreRefused(double percentile, int images)
    {
        Action making = () => _ = new QuantizationOptions { Percentile = percentile, MaxImages = images };

        making.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*it must be from*");
    }

    private static GraphModule Build(string space, string arch)
    {
        ISearchSpace known = SpaceCatalog.Create(space);
        GraphModule network = known.Describe(known.Parse(arch), Shape).ToModule();
        WeightInitializer.Default.Initialize(network, 5);
        using var guard = no_grad();
        using var generator = new Generator(5, CPU);
        foreach (BatchNorm2d layer in network.modules().OfType<BatchNorm2d>().Distinct())
        {
            layer.weight?.uniform_(0.5, 1.5, generator);
            layer.bias?.uniform_(-0.5, 0.5, generator);
            layer.running_mean?.uniform_(-0.5, 0.5, generator);
            layer.running_var?.uniform_(0.5, 2, generator);
        }

        network.eval();
        return network;
    }

    private void Export(string space, string arch, Dictionary<string, string>? metadata = null)
    {
        using GraphModule network = Build(space, arch);
        network.ExportOnnx(Before, new OnnxOptions { Metadata = System.Collections.Immutable.ImmutableDictionary.CreateRange(metadata ?? []) });
    }

    // Each image has a colour and contrast of its own, so that logits differ.
    private static LabelledImages Noise(int count, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[count * 3 * 16 * 16];
        foreach (int image in Enumerable.Range(0, count))
        {
            int[] least = [random.Next(128), random.Next(128), random.Next(128)];
            foreach ((int place, int value) in Enumerable.Range(image * 768, 768).Index())
            {
                pixels[value] = (byte)(least[place % 3] + random.Next(128));
            }
        }

        return LabelledImages.FromPixels(pixels, Enumerable.Range(0, count).Select(image => image % 5), Shape, normalization: new ImageNormalization([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]));
    }

    private static float[] Logits(string file, LabelledImages images)
    {
        using var session = new InferenceSession(file);
        using Tensor batch = images.Take([.. Enumerable.Range(0, images.Count)]).Images.contiguous();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(batch.data<float>().ToArray(), batch.shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [.. session.InputNames], [input], [.. session.OutputNames]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static LabelledImages WithoutBlue(LabelledImages images)
    {
        byte[] pixels = [.. Enumerable.Range(0, images.Count).SelectMany(image => images.PixelsOf(image).ToArray())];
        for (int blue = 2; blue < pixels.Length; blue += 3)
        {
            pixels[blue] = 0;
        }

        return LabelledImages.FromPixels(pixels, images.Labels, Shape, normalization: new ImageNormalization([0.5, 0.5, 0], [0.25, 0.25, 1]));
    }

    private static double Cosine(float[] before, float[] after)
    {
        double product = before.Zip(after, (x, y) => (double)x * y).Sum();
        return product / Math.Sqrt(before.Sum(x => (double)x * x) * after.Sum(x => (double)x * x));
    }

    // What is left when each class's mean logit is taken away, which a model that does not look would give too.
    private static float[] Centred(float[] logits)
    {
        int classes = Shape.Classes;
        float[] means = [.. Enumerable.Range(0, classes).Select(label => logits.Where((_, place) => place % classes == label).Average())];
        return [.. logits.Select((logit, place) => logit - means[place % classes])];
    }

    private static double AccuracyOf(string file, LabelledImages images) => OnnxEvaluator.Evaluate(file, images, TestContext.Current.CancellationToken).Accuracy;

    // What ONNX Runtime makes of a model as it loads it.
    private byte[] Optimized(string file)
    {
        string optimized = _folder.File("optimized.onnx");
        using var options = new SessionOptions
        {
            OptimizedModelFilePath = optimized,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using (new InferenceSession(file, options))
        {
            return File.ReadAllBytes(optimized);
        }
    }

    // An operator's name is the fourth field of a node's message, after its length.
    private static int CountOf(byte[] model, string op)
    {
        byte[] wanted = [4 << 3 | 2, (byte)op.Length, .. Encoding.UTF8.GetBytes(op)];
        int count = 0;
        ReadOnlySpan<byte> rest = model;
        for (int place = rest.IndexOf(wanted); place >= 0; place = rest.IndexOf(wanted))
        {
            count++;
            rest = rest[(place + wanted.Length)..];
        }

        return count;
    }
}
