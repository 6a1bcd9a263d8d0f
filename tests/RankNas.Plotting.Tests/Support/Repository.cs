namespace RankNas.Tests;

/// <summary>The repository that the tests run in.</summary>
internal static class Repository
{
    public static string PathOf(params string[] parts)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RankNas.Core.sln")))
        {
            folder = folder.Parent;
        }

        folder.Should().NotBeNull("the tests run from within the repository");
        return Path.Combine([folder!.FullName, .. parts]);
    }
}
