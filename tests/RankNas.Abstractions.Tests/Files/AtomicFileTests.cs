using RankNas.Files;

namespace RankNas.Abstractions.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Target => _folder.File("out.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewFile_IsThereAlone()
    {
        AtomicFile.WriteText(Target, "new");
        Check(Target, "new", files: 1);
    }

    [Fact]
    public void Write_ALink_WritesItsTargetAndKeepsTheLink()
    {
        Directory.CreateDirectory(_folder.File("elsewhere"));
        string real = _folder.File("elsewhere/real.txt");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(_folder.File("chain.txt"), "elsewhere/real.txt");
        File.CreateSymbolicLink(Target, "chain.txt");

        AtomicFile.WriteText(Target, "new");

        new FileInfo(Target).LinkTarget.Should().Be("chain.txt");
        new FileInfo(_folder.File("chain.txt")).LinkTarget.Should().Be("elsewhere/real.txt");
        File.ReadAllText(real).Should().Be("new");
        Directory.GetFiles(_folder.File("elsewhere")).Should().Equal(real);
    }

    [Fact]
    public void Write_ALinkToAFileThatIsNotThereYet_MakesIt()
    {
        File.CreateSymbolicLink(Target, _folder.File("later.txt"));
        AtomicFile.WriteText(Target, "new");
        new FileInfo(Target).LinkTarget.Should().NotBeNull();
        File.ReadAllText(_folder.File("later.txt")).Should().Be("new");
    }

    [Fact]
    public void Write_ALinkNamedWithoutAFolder_WritesBesideTheLink()
    {
        // In the working folder: no other one can be meant by a bare name.
        string link = $"{Guid.NewGuid():N}.link";
        string target = $"{link}.target";
        try
        {
            File.CreateSymbolicLink(link, target);
            AtomicFile.WriteText(link, "new");
            AtomicFile.WriteText(link, "newer");
            File.ReadAllText(target).Should().Be("newer");
            new FileInfo(link).LinkTarget.Should().Be(target);
        }
        finally
        {
            File.Delete(link);
            File.Delete(target);
        }
    }

    [Fact]
    public void Write_LinksInACircle_IsOneError()
    {
        File.CreateSymbolicLink(Target, _folder.File("b.txt"));
        File.CreateSymbolicLink(_folder.File("b.txt"), Target);
        FluentActions.Invoking(() => AtomicFile.WriteText(Target, "new")).Should().Throw<IOException>().WithMessage("*is a symbolic link that leads nowhere*");
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupWrite | UnixFileMode.OtherRead)]
    public void Write_ExistingFile_KeepsItsMode(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        File.WriteAllText(Target, "old");
#pragma warning disable CA1416 // Skipped above.
        File.SetUnixFileMode(Target, mode);
        AtomicFile.WriteText(Target, "new");
        File.GetUnixFileMode(Target).Should().Be(mode);
#pragma warning restore CA1416
        Check(Target, "new", files: 1);
    }

    [Theory]
    [MemberData(nameof(SpecialFiles.Kinds), MemberType = typeof(SpecialFiles))]
    public void Write_NoFile_IsRefusedAndLeft(string kind)
    {
        string path = SpecialFiles.Create(_folder, kind);
        FileKind before = FileKinds.Of(path);
        FluentActions.Invoking(() => AtomicFile.WriteText(path, "new")).Should().Throw<IOException>().WithMessage("*, not a file: name a file to write.");
        FileKinds.Of(path).Should().Be(before);
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFileAlone()
    {
        File.WriteAllText(Target, "old");
        FluentActions.Invoking(() => AtomicFile.Write(Target, file =>
        {
            file.WriteByte(1);
            throw new InvalidOperationException("broken");
        })).Should().Throw<InvalidOperationException>().WithMessage("broken");
        Check(Target, "old", files: 1);
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesTheOldFileAlone()
    {
        await File.WriteAllTextAsync(Target, "old", TestContext.Current.CancellationToken);
        Func<Task> write = () => AtomicFile.WriteAsync(Target, async file =>
        {
            await Task.Yield();
            file.WriteByte(1);
            throw new OperationCanceledException();
        });
        await write.Should().ThrowAsync<OperationCanceledException>();
        Check(Target, "old", files: 1);
    }

    [Fact]
    public void Write_NoFolder_SaysWhichToMake() => FluentActions.Invoking(() => AtomicFile.WriteText(_folder.File("none/out.txt"), "new"))
        .Should().Throw<DirectoryNotFoundException>().WithMessage($"There is no folder '{_folder.File("none")}' for 'out.txt': make it first, or name another.");

    [Fact]
    public void Write_LongestName_IsWritten()
    {
        string path = _folder.File(new string('n', 255));
        AtomicFile.WriteText(path, "new");
        Check(path, "new", files: 1);
    }

    [Fact]
    public void Write_FullDisk_IsOneLineAndKeepsTheOldFile()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip();
        string path = Path.Combine(disk.Path, "out.txt");
        AtomicFile.WriteText(path, "old");
        FluentActions.Invoking(() => AtomicFile.Write(path, file => file.Write(new byte[2_000_000]))).Should().Throw<IOException>()
            .WithMessage($"'{path}' cannot be written: No space left on device. What was there is kept.");
        File.ReadAllText(path).Should().Be("old");
        Directory.GetFileSystemEntries(disk.Path).Should().Equal(path);
    }

    private void Check(string path, string text, int files)
    {
        File.ReadAllText(path).Should().Be(text);
        Directory.GetFileSystemEntries(_folder.Path).Should().HaveCount(files, "no unfinished file is left");
    }
}
