// Latencies in ONNX Runtime on this machine's CPU, one thread: how well a model that is fitted to some networks predicts others, and what 8 bits change.
// Run: dotnet run -c Release --project bench/RankNas.LatencyStudy [networks]
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using RankNas;
using RankNas.Constraints;
using RankNas.Fitting;
using RankNas.Fitting.Quantizing;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Latency;
using RankNas.SearchSpaces;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int networks = args.Length > 0 ? int.Parse(args[0]) : 30;
var latency = new OnnxLatency(new OnnxLatencyOptions { WarmUps = 5, Repeats = 31 });
foreach ((ISearchSpace space, int side) in new (ISearchSpace, int)[] { (new NatsTopologySpace(), 32), (new MobileNetSpace(), 96) })
{
    var shape = new NetworkShape { Channels = 3, Height = side, Width = side, Classes = 10 };
    var random = new Random(0);
    ConstraintCandidate[] sample = [.. Enumerable.Range(0, networks).Select(_ => new ConstraintCandidate(space, space.Sample(random), shape))];
    (NetworkGraph Graph, LatencyMeasurement Latency)[] measured = [.. sample.Select(one => (one.Graph, latency.Measure(one)))];
    LatencyModel model = LatencyModel.Fit(latency.Description, measured.Select(one => (one.Graph, one.Latency.Milliseconds)));
    Console.WriteLine(
        $"{space.Id}, {side}x{side}: {networks} networks of {measured.Min(one => one.Latency.Milliseconds):0.00} to {measured.Max(one => one.Latency.Milliseconds):0.00} ms, "
        + $"half of the passes within {100 * measured.Average(one => (one.Latency.UpperQuartile - one.Latency.LowerQuartile) / one.Latency.Milliseconds):0.0} %; "
        + $"each left out: mean error {model.MeanError:0.0} %, rank correlation {model.RankCorrelation:0.000}");
}

string folder = Directory.CreateTempSubdirectory("latency-study").FullName;
(string Space, string Arch, int Side)[] compared =
[
    ("nats-tss", "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|", 32),
    ("nats-tss", "|nor_conv_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|skip_connect~0|nor_conv_3x3~1|avg_pool_3x3~2|", 32),
    ("mobilenet", "w0.35/se:k3e3-k5e3/k7e4-k3e3/se:k3e3-k3e3/k3e3-k3e3/se:k3e3-k3e3", 96),
    ("mobilenet", "w1/k3e3-k5e3/k7e4-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3", 96),
    ("resnet", "d1=1,w1=32,b1=4,k1=3,d2=2,w2=64,b2=4,k2=5,d3=1,w3=128,b3=4,k3=3,d4=1,w4=256,b4=2,k4=3", 64),
    ("vit", "patch=4,embedding=192,layers=h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4", 32),
];
foreach ((string id, string arch, int side) in compared)
{
    ISearchSpace space = SpaceCatalog.Create(id);
    var shape = new NetworkShape { Channels = 3, Height = side, Width = side, Classes = 10 };
    (string before, string after, string optimized) = (Path.Combine(folder, "float.onnx"), Path.Combine(folder, "int8.onnx"), Path.Combine(folder, "optimized.onnx"));
    using torch.nn.Module<torch.Tensor, torch.Tensor> network = space.BuildNetwork(space.Parse(arch), shape);
    network.ExportOnnx(before, shape);
    byte[] pixels = new byte[32 * 3 * side * side];
    new Random(1).NextBytes(pixels);
    LabelledImages images = LabelledImages.FromPixels(pixels, new int[32], shape);
    QuantizationReport report = Quantizer.Quantize(before, images, after);
    (LatencyMeasurement slow, LatencyMeasurement fast) = (latency.Measure(before), latency.Measure(after));
    using (var options = new SessionOptions { OptimizedModelFilePath = optimized, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR })
    using (new InferenceSession(after, options))
    {
    }

    Console.WriteLine(
        $"{id} {arch}, {side}x{side}: float {slow}, int8 {fast}, {slow.Milliseconds / fast.Milliseconds:0.00} times as fast; {report.BytesBefore / 1024:N0} KiB, {report.BytesAfter / 1024:N0} KiB");
    Console.WriteLine("    int8 as ONNX Runtime runs it: " + string.Join(", ", ModelProto.Parser.ParseFrom(File.ReadAllBytes(optimized)).Graph.Node
        .GroupBy(node => node.OpType).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}")));
}

Directory.Delete(folder, recursive: true);
