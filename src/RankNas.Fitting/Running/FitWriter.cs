using System.Text;
using RankNas.Files;
using RankNas.Fitting.Predicting;
using RankNas.Onnx;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Fitting.Running;

/// <summary>Writes the files of a model, each whole or not at all.</summary>
internal static class FitWriter
{
    public static void WriteModel(FitFolder folder, ISearchSpace space, Architecture architecture, GraphModule network, LabelledSplits splits, FitOptions options)
    {
        network.eval();
        network.to(CPU);
        network.SaveWeights(folder.Weights, new Dictionary<string, string> { ["space"] = space.Id, ["architecture"] = architecture.Text });
        network.ExportOnnx(folder.Onnx, new OnnxOptions
        {
            Normalization = splits.Training.Normalization,
            IncludeNormalization = true,
            Metadata = ClassifierMetadata.Of(space, architecture, splits.Training.ClassNames, options.Pictures),
        });
    }

    public static void WriteReports(FitFolder folder, FitResult result, LabelledSplits splits, FitOptions options)
    {
        result.Search.SaveReport(folder.Report, FitReport.OptionsOf(result));
        AtomicFile.Write(folder.Summary, stream => stream.Write(Encoding.UTF8.GetBytes(FitSummary.Of(result, splits, options).ToJson())));
        if (result.End != FitEnd.Cancelled)
        {
            folder.DeleteIntermediateFiles(options.Candidates);
        }
    }
}
