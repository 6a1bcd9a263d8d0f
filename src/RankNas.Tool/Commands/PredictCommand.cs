using RankNas.Fitting;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas predict</c>: what a model takes pictures for.</summary>
internal static class PredictCommand
{
    public static Command Create(TextWriter output)
    {
        var model = new Argument<string>("MODEL") { Description = "The folder that ranknas fit wrote, or the ONNX file in it.", Arity = ArgumentArity.ZeroOrOne };
        var pictures = new Argument<string[]>("PICTURE…") { Description = "Picture files.", Arity = ArgumentArity.ZeroOrMore };
        var top = new NumberOption<int>("--top", "How many classes to write for each picture.", 3, 1, 1_000_000);
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "predict",
            "Predicts the classes of pictures by a model of ranknas fit, in ONNX Runtime.",
            "MODEL PICTURE… [options]",
            "ranknas predict model picture.jpg",
            "ranknas predict model/model.onnx *.png --top 1 --json");
        command.Arguments.Add(model);
        command.Arguments.Add(pictures);
        command.AddGroup(ToolCommand.OutputGroup, top, json);
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(model) ?? throw new UsageException("The model is missing: write the folder that ranknas fit wrote, and a picture.");
            string[] wanted = parsed.GetValue(pictures) is { Length: > 0 } given ? given : throw new UsageException($"The picture is missing: write one, such as ranknas predict {from} picture.jpg.");
            using PictureClassifier classifier = PictureClassifier.Load(from);
            PredictionReport[] reports = [.. wanted.Select(picture => PredictionReport.Of(picture, classifier.Predict(picture), parsed.GetValue(top)))];
            JsonOutput.WriteOr(output, parsed.GetValue(json), reports, PredictionReport.Write);
            return ExitCode.Done;
        });
        return command;
    }
}
