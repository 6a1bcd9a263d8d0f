using RankNas.Images.Tests.Support;
using SkiaSharp;

namespace RankNas.Images.Tests.Loading;

public sealed class PartsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train", "val", "test")]
    [InlineData("Train", "valid", "Test")]
    [InlineData("training", "validation", "testing")]
    public void SplitsFromFolder_OfFoldersForParts_TakesThem(string train, string val, string test)
    {
        _folder.SaveCatsAndDogs(3, $"{train}/");
        _folder.Save($"{val}/dogs/a.png", Drawn.Plain(50, 50, SKColors.Green));
        _folder.SaveCatsAndDogs(1, $"{test}/");
        var splits = LabelledImages.SplitsFromFolder(_folder.Path);
        splits.Training.ImagesByClass.Should().Equal(3, 3);
        splits.Validation!.ImagesByClass.Should().Equal(0, 1);
        splits.Test!.ImagesByClass.Should().Equal(1, 1);
        splits.Validation.ClassNames.Should().Equal("cats", "dogs");
        splits.Training.Normalization.Mean.Should().Equal([0.5, 0, 0.5], "only the training pictures are measured");
        splits.Test.Normalization.Should().Be(splits.Training.Normalization);
        splits.Validation.Description.Should().StartWith("validation: 1 images in 2 classes");
        LabelledImages.FromFolder(_folder.Path).Count.Should().Be(6, "only the training pictures are read");
    }

    [Fact]
    public void SplitsFromFolder_WithoutValidation_SplitsItOffTheTrainingPictures()
    {
        _folder.SaveCatsAndDogs(10, "train/");
        _folder.SaveCatsAndDogs(2, "test/");
        var splits = LabelledImages.SplitsFromFolder(_folder.Path, validationShare: 0.3, seed: 5);
        splits.Training.ImagesByClass.Should().Equal(7, 7);
        splits.Validation!.ImagesByClass.Should().Equal(3, 3);
        splits.Test!.ImagesByClass.Should().Equal(2, 2);
        LabelledImages.SplitsFromFolder(_folder.Path, validationShare: 0).Validation.Should().BeNull();
    }

    [Fact]
    public void SplitsFromFolder_OfClasses_SplitsBySeed()
    {
        for (int index = 0; index < 20; index++)
        {
            _folder.Save($"{index % 2}/{index}.png", Drawn.Noise(32, 32, index));
        }

        LabelledSplits splits = LabelledImages.SplitsFromFolder(_folder.Path, validationShare: 0.2, testShare: 0.3, seed: 1);
        splits.Training.ImagesByClass.Should().Equal(5, 5);
        splits.Validation!.ImagesByClass.Should().Equal(2, 2);
        splits.Test!.ImagesByClass.Should().Equal(3, 3);
        splits.Training.Normalization.Should().Be(splits.Training.MeasureNormalization(), "it is measured on what is trained on");
        splits.Test.Normalization.Should().Be(splits.Training.Normalization);

        LabelledSplits again = LabelledImages.SplitsFromFolder(_folder.Path, validationShare: 0.2, testShare: 0.3, seed: 1);
        again.Test!.PixelsOf(0).SequenceEqual(splits.Test.PixelsOf(0)).Should().BeTrue();
    }

    [Fact]
    public void SplitsFromFolder_WithANormalization_KeepsIt()
    {
        _folder.SaveCatsAndDogs(5);
        var normalization = new ImageNormalization([0.1, 0.2, 0.3], [0.5, 0.6, 0.7]);
        LabelledImages.SplitsFromFolder(_folder.Path, new PictureOptions { Normalization = normalization }).Validation!.Normalization.Should().Be(normalization);
    }

    [Fact]
    public void Load_AClassThatHasNoTrainingPictures_IsAnError()
    {
        _folder.SaveCatsAndDogs(2, "train/");
        _folder.Save("val/birds/a.png", Drawn.Plain(8, 8, SKColors.Red));
        FluentActions.Invoking(() => Pictures.Load(_folder.Path)).Should().Throw<InvalidDataException>()
            .WithMessage("'val/birds/a.png' in '*' is of the class 'birds', which has no training pictures*(cats, dogs)*");
    }

    [Fact]
    public void Load_ClassesThatAreCalledTrainAndBus_AreClasses()
    {
        _folder.Save("train/a.png", Drawn.Plain(8, 8, SKColors.Red));
        _folder.Save("train/fast/b.png", Drawn.Plain(8, 8, SKColors.Red));
        _folder.Save("bus/a.png", Drawn.Plain(8, 8, SKColors.Red));
        Pictures.Load(_folder.Path).Images.ClassNames.Should().Equal("bus", "train");
    }

    [Fact]
    public void Load_ATestFolderWithoutClasses_IsIgnoredWithANotice()
    {
        _folder.SaveCatsAndDogs(2, "train/");
        _folder.Save("test/1.png", Drawn.Plain(8, 8, SKColors.Red));
        PictureSet set = Pictures.Load(_folder.Path);
        set.Parts!.Test.Should().BeNull();
        set.Report.Notices.Should().ContainSingle().Which.Should().Be("1 pictures in 'test' are not in a folder of a class, and are ignored.");
    }

    [Fact]
    public void Load_TwoFoldersForTheSamePart_IsAnError()
    {
        _folder.SaveCatsAndDogs(1, "train/");
        _folder.SaveCatsAndDogs(1, "val/");
        _folder.SaveCatsAndDogs(1, "valid/");
        FluentActions.Invoking(() => Pictures.Load(_folder.Path)).Should().Throw<InvalidDataException>().WithMessage("*'val' and 'valid', which mean the same*");
    }
}
