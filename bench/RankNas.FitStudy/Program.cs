using System.Globalization;
using RankNas;
using RankNas.FitStudy;
using RankNas.Fitting;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Torch;
using RankNas.Training;

// The test accuracy of what fit makes of a folder of pictures with train/ and test/, beside a ResNet-20 that is trained on the same pictures by the same options for as many
// epochs, over several seeds:
// dotnet run -c Release --project bench/RankNas.FitStudy -- PICTURES OUT SEEDS [EPOCHS]
(string pictures, string folder) = (args[0], args[1]);
int seeds = int.Parse(args[2], CultureInfo.InvariantCulture);
CultureInfo culture = CultureInfo.InvariantCulture;
TorchRuntime.EnsureLoaded();
Console.WriteLine("| seed | architecture | parameters | epochs | seconds | validation % | test % | ResNet-20 seconds | ResNet-20 validation % | ResNet-20 test % |");
Console.WriteLine("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|");
var found = new List<double>();
var given = new List<double>();
for (int seed = 0; seed < seeds; seed++)
{
    var options = new FitOptions { OutputFolder = Path.Combine(folder, string.Create(culture, $"seed-{seed}")), MaxParameters = 300_000, Seed = seed, Epochs = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : null };
    FitResult result = await Fit.FolderAsync(pictures, options).ConfigureAwait(false);
    (TrainingResult training, ClassificationMetrics validation, ClassificationMetrics test) = await TrainFixedAsync(options, result).ConfigureAwait(false);
    found.Add(result.Test!.Accuracy);
    given.Add(test.Accuracy);
    Console.WriteLine(string.Create(culture,
        $"| {seed} | `{result.Architecture}` | {result.Parameters:N0} | {result.Training.History.Epochs.Length} | {result.Elapsed.TotalSeconds:0} | {result.Validation.Accuracy * 100:F1} | {result.Test.Accuracy * 100:F1} | {training.Elapsed.TotalSeconds:0} | {validation.Accuracy * 100:F1} | {test.Accuracy * 100:F1} |"));
}

Console.WriteLine();
Console.WriteLine(string.Create(culture, $"fit: {Interval(found)}; ResNet-20: {Interval(given)}; difference: {Interval([.. found.Zip(given, (one, other) => one - other)])} (mean, 95 % by Student's t over seeds)"));

async Task<(TrainingResult Training, ClassificationMetrics Validation, ClassificationMetrics Test)> TrainFixedAsync(FitOptions options, FitResult result)
{
    LabelledSplits splits = (await Pictures.LoadAsync(pictures, options.Pictures).ConfigureAwait(false)).Split(options.ValidationShare, options.TestShare, options.Seed);
    NetworkGraph graph = FixedNetworks.ResNet20(splits.Training.Shape);
    using GraphModule network = graph.ToModule(seed: options.Seed);
    TrainingResult training = await new NetworkTrainer(
        network, splits.Training, splits.Validation, options.TrainingOf(splits.Training.Count, result.Training.History.Epochs.Length)).TrainAsync().ConfigureAwait(false);
    return (training, NetworkEvaluator.Evaluate(network, splits.Validation!), NetworkEvaluator.Evaluate(network, splits.Test!));
}

// Student's t of 4 degrees of freedom and others from a table: seeds are few.
static string Interval(List<double> values)
{
    double[] quantiles = [double.NaN, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];
    double mean = values.Average();
    double deviation = values.Count > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) : double.NaN;
    double half = quantiles[Math.Min(values.Count - 1, quantiles.Length - 1)] * deviation / Math.Sqrt(values.Count);
    return string.Create(CultureInfo.InvariantCulture, $"{mean * 100:F1} ± {half * 100:F1} %");
}
