using System.Runtime.Versioning;

namespace RankNas.Tests;

[SupportedOSPlatform("linux")]
public sealed class PatchedLibraryCacheTests : IDisposable
{
    private static readonly byte[] Original = [1, 2, 3];
    private static readonly byte[] Patched = [1, 2, 4];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Store_Twice_WritesOnce()
    {
        var cache = new PatchedLibraryCache(_folder.File("cache"));
        string path = cache.Store(Original, Patched);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        cache.Store(Original, Patched).Should().Be(path);
        File.GetLastWriteTimeUtc(path).Should().Be(DateTime.UnixEpoch);
        File.ReadAllBytes(path).Should().Equal(Patched);
        File.GetUnixFileMode(Path.GetDirectoryName(path)!).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().ContainSingle("nothing unfinished is left");
    }

    [Theory]
    [InlineData(new byte[] { 9, 9, 9 })]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[0])]
    public void Store_Corrupted_IsRebuilt(byte[] content)
    {
        var cache = new PatchedLibraryCache(_folder.File("cache"));
        string path = cache.Store(Original, Patched);
        File.WriteAllBytes(path, content);

        cache.Store(Original, Patched).Should().Be(path);
        File.ReadAllBytes(path).Should().Equal(Patched);
    }

    [Fact]
    public void Store_AnotherLibrary_HasAFileOfItsOwn()
    {
        var cache = new PatchedLibraryCache(_folder.File("cache"));

        cache.Store(Original, Patched).Should().NotBe(cache.Store([7], [8]));
    }
}
