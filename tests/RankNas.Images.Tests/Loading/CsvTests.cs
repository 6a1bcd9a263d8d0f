using RankNas.Images.Tests.Support;
using SkiaSharp;

namespace RankNas.Images.Tests.Loading;

public sealed class CsvTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public CsvTests()
    {
        _folder.Save("pictures/red.png", Drawn.Plain(8, 8, SKColors.Red));
        _folder.Save("pictures/a, \"b\".png", Drawn.Plain(8, 8, SKColors.Blue));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("path,label\npictures/red.png,cat\n\"pictures/a, \"\"b\"\".png\",\"a dog\"\n")]
    [InlineData("pictures/red.png,cat\n\"pictures/a, \"\"b\"\".png\",a dog")]
    [InlineData("﻿Label;Id;File\r\ncat;1;pictures/red.png\r\na dog;2;\"pictures/a, \"\"b\"\".png\"\r\n")]
    [InlineData("image\tclass\npictures\\red.png\tcat\n\"pictures/a, \"\"b\"\".png\"\ta dog\n")]
    public void FromCsv_OfEveryForm_ReadsPathsAndLabels(string text)
    {
        var images = LabelledImages.FromCsv(Write(text));
        images.ClassNames.Should().Equal("a dog", "cat");
        images.Labels.Should().Equal(1, 0);
        images.PixelsOf(0)[..3].ToArray().Should().Equal(255, 0, 0);
        images.PixelsOf(1)[..3].ToArray().Should().Equal(0, 0, 255);
        LabelledImages.FromPictures(_folder.File("list.csv")).Count.Should().Be(2);
    }

    [Fact]
    public void FromCsv_NamedColumns_AreTaken()
    {
        string path = Write("path,x,y\nno,pictures/red.png,cat\n");
        LabelledImages.FromCsv(path, new PictureOptions { PathColumn = "x", LabelColumn = "y" }).ClassNames.Should().Equal("cat");
        Error(path, new PictureOptions { PathColumn = "z", LabelColumn = "y" }).Should().Contain("none of them of paths (z)");
    }

    [Fact]
    public void FromCsv_NumbersAsLabels_AreSortedAsNumbers() =>
        LabelledImages.FromCsv(Write("path,label\npictures/red.png,10\npictures/red.png,9\npictures/red.png,1\n")).ClassNames.Should().Equal("1", "9", "10");

    [Fact]
    public void FromCsv_AnAbsolutePath_IsTaken() =>
        LabelledImages.FromCsv(Write($"path,label\n{_folder.File("pictures/red.png")},cat\n")).Count.Should().Be(1);

    [Theory]
    [InlineData("", "line 1: the file is empty")]
    [InlineData("path,label\n", "lists no pictures")]
    [InlineData("a,b,c\n1,2,3\n", "has the columns a, b, c, none of them of paths (path)")]
    [InlineData("path,label\npictures/red.png\n", "line 2: it has 1 fields where the header has 2")]
    [InlineData("path,label\npictures/red.png,\n", "line 2: the label is empty")]
    [InlineData("path,label\n\"pictures/red.png,cat\n", "its quote is not closed")]
    [InlineData("path,label\nnowhere.png,cat\n", "'nowhere.png': there is no such file")]
    [InlineData("path,label\npictures,cat\n", "'pictures': it is no file")]
    public void FromCsv_WhatIsWrong_IsSaidInOneLine(string text, string message) => Error(Write(text)).Should().Contain(message).And.NotContain("\n");

    [Fact]
    public void FromPictures_AFolderOfPicturesWithOneList_TakesTheList()
    {
        _folder.Save("flat/a.png", Drawn.Plain(8, 8, SKColors.Red));
        _folder.Save("flat/labels.csv", "file,label\na.png,cat\n"u8.ToArray());
        LabelledImages.FromPictures(_folder.File("flat")).ClassNames.Should().Equal("cat");
    }

    private static string Error(string path, PictureOptions? options = null) =>
        FluentActions.Invoking(() => LabelledImages.FromCsv(path, options)).Should().Throw<InvalidDataException>().Which.Message;

    private string Write(string text)
    {
        File.WriteAllText(_folder.File("list.csv"), text);
        return _folder.File("list.csv");
    }
}
