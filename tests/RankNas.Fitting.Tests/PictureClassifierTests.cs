using System.Collections.Immutable;
using RankNas.Graphs;
using RankNas.Onnx;
using RankNas.SearchSpaces;
using RankNas.Torch;

namespace RankNas.Fitting.Tests;

public sealed class PictureClassifierTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_NoSuchFile_SaysWhatToName() =>
        FluentActions.Invoking(() => PictureClassifier.Load(_folder.File("nothing"))).Should().Throw<FileNotFoundException>().WithMessage("There is no model at '*nothing': name a folder that fit wrote*");

    [Fact]
    public void Load_AFolderWithoutAModel_SaysWhereItWasLookedFor() =>
        FluentActions.Invoking(() => PictureClassifier.Load(_folder.File("."))).Should().Throw<FileNotFoundException>().WithMessage("There is no model at '*model.onnx'*");

    [Theory]
    [InlineData("")]
    [InlineData("this is no model")]
    public void Load_NoModel_SaysSo(string content)
    {
        File.WriteAllText(_folder.File("model.onnx"), content);
        FluentActions.Invoking(() => PictureClassifier.Load(_folder.File("model.onnx"))).Should().Throw<InvalidDataException>().WithMessage("'*model.onnx' is no ONNX model, or is damaged*");
    }

    [Fact]
    public void Load_AModelOfSomethingElse_SaysThatItHasNoClasses()
    {
        var space = new NatsSizeSpace();
        using GraphModule network = space.Describe(space.FromIndex(0), new NetworkShape()).ToModule();
        network.ExportOnnx(_folder.File("other.onnx"));

        FluentActions.Invoking(() => PictureClassifier.Load(_folder.File("other.onnx"))).Should().Throw<InvalidDataException>()
            .WithMessage("'*other.onnx' does not say which classes it has*");
    }

    [Theory]
    [InlineData("[\"a\"", "CropToFill", "1 2 3")]
    [InlineData("[\"a\",\"b\"]", "CropToFill", "1 2 300")]
    [InlineData("[\"a\",\"b\"]", "CropToFill", "1 2")]
    [InlineData("[\"a\",\"b\"]", "Sideways", "1 2 3")]
    [InlineData("[]", "CropToFill", "1 2 3")]
    [InlineData("{}", "CropToFill", "1 2 3")]
    public void Load_DamagedMetadata_IsInvalidData(string classes, string resize, string background)
    {
        var space = new NatsSizeSpace();
        using GraphModule network = space.Describe(space.FromIndex(0), new NetworkShape()).ToModule();
        network.ExportOnnx(_folder.File("model.onnx"), new OnnxOptions
        {
            Metadata = new Dictionary<string, string> { ["classes"] = classes, ["picture resize"] = resize, ["picture background"] = background }.ToImmutableDictionary(),
        });

        FluentActions.Invoking(() => PictureClassifier.Load(_folder.File("model.onnx"))).Should().Throw<InvalidDataException>();
    }
}
