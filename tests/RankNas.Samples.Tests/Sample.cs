using System.Diagnostics;

namespace RankNas.Samples.Tests;

/// <summary>A sample as a program of its own.</summary>
internal static class Sample
{
    public static Process Start(string name, string folder, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [ProgramOf(name), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    public static async Task<string> RunAsync(string name, string folder, params string[] arguments) =>
        (await DotnetRun.Of(folder, new Dictionary<string, string>(), [ProgramOf(name), .. arguments])).ShouldSucceed().Output;

    private static string ProgramOf(string name) => Repository.PathOf("artifacts", "bin", name, "release", $"{name}.dll");
}
