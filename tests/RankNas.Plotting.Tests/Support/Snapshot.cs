namespace RankNas.Plotting.Tests.Support;

/// <summary>Compares a text with the one that is kept beside the tests.</summary>
internal static class Snapshot
{
    public static void ShouldMatch(string actual, string name)
    {
        string path = Repository.PathOf("tests", "RankNas.Plotting.Tests", "Drawings", "Snapshots", name);
        string expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd() : "";
        string received = actual.ReplaceLineEndings("\n").TrimEnd();
        string receivedPath = Path.ChangeExtension(path, $".received{Path.GetExtension(path)}");
        if (received != expected)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(receivedPath, received + "\n");
        }

        received.Should().Be(expected, "that is what {0} has; look at {1}, and if it is right, put it in its place", name, receivedPath);
    }
}
