using RankNas.Files;

namespace RankNas.Abstractions.Tests.Files;

public sealed class InputFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(SpecialFiles.Kinds), MemberType = typeof(SpecialFiles))]
    public void Open_NoFile_IsRefusedAtOnce(string kind)
    {
        string path = SpecialFiles.Create(_folder, kind);
        FluentActions.Invoking(() => InputFile.Open(path, "a list")).Should().Throw<InvalidDataException>()
            .WithMessage($"'{path}' is a {kind.Replace("link to a ", "", StringComparison.Ordinal)}, not a file: name a list.");
    }

    [Fact]
    public void Open_Nothing_SaysWhatToName() => FluentActions.Invoking(() => InputFile.Open(_folder.File("none"), "a list"))
        .Should().Throw<FileNotFoundException>().WithMessage($"There is no file '{_folder.File("none")}': name a list.");

    [Fact]
    public void Open_LinksThatLeadNowhere_SayWhatToName()
    {
        File.CreateSymbolicLink(_folder.File("dangling"), "none");
        File.CreateSymbolicLink(_folder.File("circle"), "circle");
        foreach (string path in (string[])[_folder.File("dangling"), _folder.File("circle")])
        {
            FluentActions.Invoking(() => InputFile.Open(path, "a list"))
                .Should().Throw<FileNotFoundException>().WithMessage($"'{path}' is a symbolic link that leads nowhere: name a list.");
        }
    }

    [Fact]
    public void Open_AFileOfTheKernel_IsRefusedUnread()
    {
        Assert.SkipUnless(File.Exists("/proc/self/status"), "Only Linux has such files.");
        FluentActions.Invoking(() => InputFile.Open("/proc/self/status", "a list")).Should().Throw<InvalidDataException>().WithMessage("*is a device, not a file*");
    }

    [Fact]
    public void Open_LinkToAFile_ReadsIt()
    {
        File.WriteAllText(_folder.File("real"), "text");
        File.CreateSymbolicLink(_folder.File("link"), _folder.File("real"));
        using FileStream file = InputFile.Open(_folder.File("link"), "a list");
        file.Length.Should().Be(4);
    }

    [Fact]
    public void Open_HugeSparseFile_IsRefusedUnread()
    {
        using (FileStream file = File.Create(_folder.File("sparse")))
        {
            file.SetLength(1L << 40);
        }

        FluentActions.Invoking(() => InputFile.Open(_folder.File("sparse"), "a list", 1000)).Should().Throw<InvalidDataException>()
            .WithMessage("*has 1,099,511,627,776 bytes, and 1,000 are the most: name a list.");
    }
}
