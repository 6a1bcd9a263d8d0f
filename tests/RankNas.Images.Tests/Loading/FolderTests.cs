using RankNas.Graphs;
using RankNas.Images.Tests.Support;
using SkiaSharp;

namespace RankNas.Images.Tests.Loading;

public sealed class FolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromFolder_OfClassFolders_HasTheirNamesAndPixels()
    {
        _folder.SaveCatsAndDogs();
        var images = LabelledImages.FromFolder(_folder.Path, cancellationToken: TestContext.Current.CancellationToken);
        images.ClassNames.Should().Equal("cats", "dogs");
        images.Labels.Should().Equal(0, 0, 1, 1);
        images.Shape.Should().Be(new NetworkShape { Classes = 2, Channels = 3, Height = 32, Width = 32 });
        images.PixelsOf(1)[..3].ToArray().Should().Equal(255, 0, 0);
        images.PixelsOf(2)[..3].ToArray().Should().Equal(0, 0, 255);
        images.Normalization.Mean.Should().Equal(0.5, 0, 0.5);
        images.Description.Should().Be($"4 images in 2 classes from {Path.GetFileName(_folder.Path)}");
        ProbeImages.FromFolder(_folder.Path, cancellationToken: TestContext.Current.CancellationToken).Count.Should().Be(4);
    }

    [Fact]
    public void FromFolder_ClassesAreSortedByTheirCharacters_WhateverTheLanguage()
    {
        foreach (string name in (string[])["кошки", "b", "B", "a10", "a2", "собаки", "日本"])
        {
            _folder.Save($"{name}/фото №1.png", Drawn.Plain(8, 8, SKColors.Red));
        }

        LabelledImages.FromFolder(_folder.Path).ClassNames.Should().Equal("B", "a10", "a2", "b", "кошки", "собаки", "日本");
    }

    [Fact]
    public void FromFolder_FoldersInAClass_BelongToIt()
    {
        _folder.SaveCatsAndDogs();
        _folder.Save("cats/small/old/a.png", Drawn.Plain(9, 9, SKColors.Red));
        LabelledImages.FromFolder(_folder.Path).ImagesByClass.Should().Equal(3, 2);
    }

    [Fact]
    public void Load_OtherFiles_AreIgnoredAndCounted()
    {
        _folder.SaveCatsAndDogs();
        _folder.Save("cats/.hidden.png", [1]);
        _folder.Save("cats/Thumbs.db", [1]);
        _folder.Save("cats/notes.txt", [1]);
        _folder.Save("dogs/one.heic", [1]);
        _folder.Save(".git/a.png", [1]);
        _folder.Save("cover.png", Drawn.Plain(8, 8, SKColors.Red));
        Directory.CreateDirectory(_folder.File("birds"));
        PictureReport report = Pictures.Load(_folder.Path).Report;
        report.Read.Should().Be(4);
        report.IgnoredFiles.Should().Be(5, "a hidden folder counts once");
        report.EmptyClasses.Should().Equal("birds");
        report.Classes.Should().Equal(new PictureClassCount("cats", 2), new PictureClassCount("dogs", 2));
        report.Notices.Should().BeEquivalentTo(
            "1 .heic files are not read: convert them to PNG or JPEG.", "1 pictures lie beside the folders of classes, have no class and are ignored.",
            "Folders without pictures are no classes: birds.");
        report.ToString().Should().Contain("4 pictures in 2 classes").And.Contain("birds").And.Contain("cats 2, dogs 2");
    }

    [Fact]
    public void FromFolder_PicturesWithoutClassFolders_IsOneClearError()
    {
        _folder.Save("a.png", Drawn.Plain(8, 8, SKColors.Red));
        Error(() => LabelledImages.FromFolder(_folder.Path)).Should().Contain("1 pictures, but no folders of classes").And.Contain("put the pictures of each class into a folder of its own").And.Contain("CSV");
    }

    [Fact]
    public void FromFolder_NoPictures_SaysSo()
    {
        Error(() => LabelledImages.FromFolder(_folder.Path)).Should().Contain("There are no pictures in");
        _folder.Save("cats/a.heic", [1]);
        Error(() => LabelledImages.FromFolder(_folder.Path)).Should().Contain("1 .heic files are not read");
        FluentActions.Invoking(() => LabelledImages.FromFolder(_folder.File("nowhere"))).Should().Throw<DirectoryNotFoundException>().WithMessage("There is no folder*");
        Error(() => LabelledImages.FromFolder(_folder.File("cats/a.heic"))).Should().Contain("is a file, not a folder");
    }

    [Fact]
    public void FromPictures_NothingAtThePath_SaysWhatToName() =>
        FluentActions.Invoking(() => LabelledImages.FromPictures(_folder.File("nowhere"))).Should().Throw<FileNotFoundException>().WithMessage("There is no '*nowhere': name a folder that has a folder of pictures for each class, or a CSV list*");

    [Fact]
    public void Load_OneClass_IsReadWithANotice()
    {
        _folder.Save("cats/a.png", Drawn.Plain(8, 8, SKColors.Red));
        PictureSet set = Pictures.Load(_folder.Path);
        set.Images.ClassNames.Should().Equal("cats");
        set.Report.Notices.Should().ContainSingle().Which.Should().Contain("one class only, cats");
    }

    [Fact]
    public void Load_AClassOfOnePicture_IsReadWithANotice()
    {
        _folder.SaveCatsAndDogs();
        _folder.Save("birds/a.png", Drawn.Plain(8, 8, SKColors.Red));
        PictureSet set = Pictures.Load(_folder.Path);
        set.Report.Notices.Should().ContainSingle().Which.Should().Contain("birds").And.Contain("none can be held out");
        LabelledSplits splits = set.Split(0.5);
        splits.Training.ImagesByClass.Should().Equal(1, 1, 1);
        splits.Validation!.ImagesByClass.Should().Equal(0, 1, 1);
    }

    [Fact]
    public void Load_AFolderAroundTheClasses_IsSeenThrough()
    {
        _folder.SaveCatsAndDogs(below: "photos/");
        PictureSet set = Pictures.Load(_folder.Path);
        set.Images.ClassNames.Should().Equal("cats", "dogs");
        set.Report.Notices.Should().ContainSingle().Which.Should().Contain("'photos/'");
    }

    [Fact]
    public void Load_ALinkInACircle_EndsWithANotice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        _folder.SaveCatsAndDogs();
        Directory.CreateSymbolicLink(_folder.File("cats/again"), "..");
        Directory.CreateSymbolicLink(_folder.File("dogs/itself"), _folder.File("dogs"));
        File.CreateSymbolicLink(_folder.File("dogs/x.png"), _folder.File("dogs/x.png"));
        PictureSet set = Pictures.Load(_folder.Path, new PictureOptions { OnCorrupt = CorruptPictures.Skip });
        set.Images.ImagesByClass.Should().Equal(2, 2);
        set.Report.Notices.Should().HaveCount(2).And.OnlyContain(notice => notice.Contains("leads back", StringComparison.Ordinal));
        set.Report.Skipped.Should().ContainSingle().Which.Path.Should().Be("dogs/x.png");
    }

    [Fact]
    public void Load_LinksBetweenTwoFolders_End()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        _folder.SaveCatsAndDogs();
        Directory.CreateSymbolicLink(_folder.File("cats/a"), _folder.File("dogs"));
        Directory.CreateSymbolicLink(_folder.File("cats/b"), _folder.File("dogs"));
        Directory.CreateSymbolicLink(_folder.File("dogs/a"), _folder.File("cats"));
        Directory.CreateSymbolicLink(_folder.File("dogs/b"), _folder.File("cats"));
        Pictures.Load(_folder.Path).Images.ImagesByClass.Should().Equal(6, 6);
    }

    [Fact]
    public void Load_ALinkToAFolderElsewhere_IsFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        using var other = new TempFolder();
        other.Save("birds/a.png", Drawn.Plain(8, 8, SKColors.Red));
        _folder.SaveCatsAndDogs();
        Directory.CreateSymbolicLink(_folder.File("birds"), other.File("birds"));
        Pictures.Load(_folder.Path).Images.ClassNames.Should().Equal("birds", "cats", "dogs");
    }

    [Theory]
    [InlineData(10, 32)]
    [InlineData(47, 32)]
    [InlineData(48, 48)]
    [InlineData(100, 96)]
    [InlineData(1000, 224)]
    public void Load_WithoutASize_TakesTheMedianOfTheShorterSides(int median, int chosen)
    {
        foreach ((string name, int side) in (ReadOnlySpan<(string, int)>)[("a/1", 1), ("a/2", median), ("b/1", median), ("b/2", 2000)])
        {
            _folder.Save($"{name}.png", Drawn.Plain(side, side + 7, SKColors.Red));
        }

        PictureSet set = Pictures.Load(_folder.Path);
        set.Report.Size.Should().Be((Size2D)chosen);
        set.Report.SmallestSize.Should().Be(new Size2D(8, 1));
        set.Report.MedianSize.Should().Be(new Size2D(median + 7, median));
        set.Report.LargestSize.Should().Be(new Size2D(2007, 2000));
    }

    [Fact]
    public async Task LoadAsync_TellsItsProgress_AndCanBeCancelled()
    {
        _folder.SaveCatsAndDogs(5);
        var seen = new List<PictureProgress>();
        await Pictures.LoadAsync(_folder.Path, progress: new Told(seen), cancellationToken: TestContext.Current.CancellationToken);
        seen.Select(progress => progress.Done).Should().BeEquivalentTo(Enumerable.Range(1, 10));
        seen.Should().OnlyContain(progress => progress.Total == 10);

        using var cancelled = new CancellationTokenSource();
        var cancels = new Cancels(cancelled);
        Func<Task> load = () => Pictures.LoadAsync(_folder.Path, progress: cancels, cancellationToken: cancelled.Token);
        await load.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Load_MoreThanFitsIntoMemory_SaysWhichSizeFits()
    {
        _folder.SaveCatsAndDogs();
        Error(() => Pictures.Load(_folder.Path, new PictureOptions { Size = 20_000 })).Should().Contain("2 GB are the most").And.Contain("13377 at most");
    }

    [Fact]
    public void Load_ByOneThreadOrMany_GivesTheSame()
    {
        for (int index = 0; index < 20; index++)
        {
            _folder.Save($"{index % 3}/{index}.png", Drawn.Noise(30 + index, 50 - index, index));
        }

        byte[][] one = PixelsBy(1), many = PixelsBy(8);
        one.Should().BeEquivalentTo(many, options => options.WithStrictOrdering());

        byte[][] PixelsBy(int threads)
        {
            LabelledImages images = Pictures.Load(_folder.Path, new PictureOptions { MaxDegreeOfParallelism = threads }).Images;
            return [.. Enumerable.Range(0, images.Count).Select(index => images.PixelsOf(index).ToArray())];
        }
    }

    private static string Error(Action load) => load.Should().Throw<InvalidDataException>().Which.Message;

    private sealed class Told(List<PictureProgress> seen) : IProgress<PictureProgress>
    {
        public void Report(PictureProgress value)
        {
            lock (seen)
            {
                seen.Add(value);
            }
        }
    }

    private sealed class Cancels(CancellationTokenSource source) : IProgress<PictureProgress>
    {
        public void Report(PictureProgress value) => source.Cancel();
    }
}
