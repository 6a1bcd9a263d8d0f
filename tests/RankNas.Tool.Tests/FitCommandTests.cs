using System.Text.Json;
using SkiaSharp;

namespace RankNas.Tool.Tests;

public sealed class FitCommandTests : IDisposable
{
    private static readonly string[] Quick = ["--space", "nats-tss(channels=4,cells=1)", "--budget", "3", "--candidates", "2", "--epochs", "4", "--size", "16"];

    private readonly TempFolder _folder = new();

    public FitCommandTests()
    {
        foreach ((string name, SKColor color) in (ReadOnlySpan<(string, SKColor)>)[("кошки", SKColors.Red), ("dogs", SKColors.Blue)])
        {
            Directory.CreateDirectory(_folder.File(Path.Combine("photos", name)));
            for (int index = 0; index < 8; index++)
            {
                using var bitmap = new SKBitmap(20 + index, 24);
                bitmap.Erase(color);
                using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
                File.WriteAllBytes(_folder.File(Path.Combine("photos", name, $"{index}.png")), data.ToArray());
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fit_AFolder_WritesAModelThatPredicts()
    {
        ToolRun fit = await ToolRun.Of(["fit", _folder.File("photos"), "--out", _folder.File("model"), .. Quick]);

        fit.ExitCode.Should().Be(0, fit.Errors);
        fit.Output.Should().Contain("parameters, ").And.Contain("Validation: ").And.Contain($"Written to {_folder.File("model")}");
        fit.Errors.Should().Contain("Reading: ").And.Contain("Searching: ").And.Contain("Comparing: candidate 2 of 2").And.Contain("Training: epoch 4 of 4").And.Contain("Writing: ");
        string picture = _folder.File("photos/кошки/0.png");
        ToolRun predict = await ToolRun.Of("predict", _folder.File("model"), picture, "--json");
        predict.ExitCode.Should().Be(0, predict.Errors);
        using var json = JsonDocument.Parse(predict.Output);
        json.RootElement[0].GetProperty("picture").GetString().Should().Be(picture);
        json.RootElement[0].GetProperty("classes").EnumerateArray().Select(one => one.GetProperty("name").GetString()).Should().BeEquivalentTo("кошки", "dogs");
        json.RootElement[0].GetProperty("classes").EnumerateArray().Sum(one => one.GetProperty("probability").GetDouble()).Should().BeApproximately(1, 1e-6);
    }

    [Fact]
    public async Task Fit_MaxParametersWithASuffix_IsUnderstood()
    {
        ToolRun fit = await ToolRun.Of(["fit", _folder.File("photos"), "--out", _folder.File("model"), "--max-parameters", "12.5k", "--train-only-best", "--json", .. Quick]);

        fit.ExitCode.Should().Be(0, fit.Errors);
        using var json = JsonDocument.Parse(fit.Output);
        json.RootElement.GetProperty("parameters").GetInt64().Should().BeLessThanOrEqualTo(12_500);
    }

    [Theory]
    [InlineData("The pictures are missing: write a folder, such as ranknas fit photos.", "fit")]
    [InlineData("The model is missing: write the folder that ranknas fit wrote, and a picture.", "predict")]
    [InlineData("The picture is missing: write one, such as ranknas predict model picture.jpg.", "predict", "model")]
    [InlineData("--max-latency is '5': write a time with its unit, ms, us or s, such as --max-latency 5ms.", "fit", "photos", "--max-latency", "5")]
    [InlineData("--max-parameters is '1.5': write a whole number from 1 to 1000000000000000, such as --max-parameters 1000000.", "fit", "photos", "--max-parameters", "1.5")]
    public async Task WrongArguments_AreOneLine(string message, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(arguments);

        run.ExitCode.Should().Be(2);
        run.Errors.Trim().Should().Be($"ranknas: {message}");
    }

    [Fact]
    public async Task Fit_NoSuchFolder_IsOneLine()
    {
        ToolRun run = await ToolRun.Of("fit", _folder.File("nothing"), "--out", _folder.File("model"));

        run.ExitCode.Should().Be(1);
        run.Errors.Trim().Split('\n').Should().ContainSingle().Which.Should().StartWith("ranknas: ").And.Contain("nothing");
        Directory.Exists(_folder.File("model")).Should().BeFalse("nothing was read");
    }

    [Fact]
    public async Task Predict_NoPicture_IsOneLine()
    {
        ToolRun run = await ToolRun.Of("predict", _folder.File("nothing"), "picture.jpg");

        run.ExitCode.Should().Be(1);
        run.Errors.Should().StartWith("ranknas: There is no model at ");
    }
}
