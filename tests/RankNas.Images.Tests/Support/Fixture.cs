namespace RankNas.Images.Tests.Support;

/// <summary>Pictures and pixels made by Pillow: see the page beside them.</summary>
internal static class Fixture
{
    public static string PathOf(string name) => Repository.PathOf("tests", "RankNas.Images.Tests", "Fixtures", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    /// <summary>Gets the mean and the largest difference of pixels.</summary>
    public static (double Mean, int Largest) Difference(byte[] actual, byte[] expected)
    {
        actual.Length.Should().Be(expected.Length);
        int[] differences = [.. actual.Zip(expected, (one, other) => Math.Abs(one - other))];
        return (differences.Average(), differences.Max());
    }
}
