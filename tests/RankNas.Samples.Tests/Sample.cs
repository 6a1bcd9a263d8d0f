using System.Diagnostics;

namespace RankNas.Tests;

/// <summary>A sample as a program of its own.</summary>
internal static class Sample
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static Process Start(string name, string folder, params string[] arguments)
    {
        string program = Repository.PathOf("artifacts", "bin", name, "release", $"{name}.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    public static async Task<string> RunAsync(string name, string folder, params string[] arguments)
    {
        using Process process = Start(name, folder, arguments);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Longest);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            string errors = await process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            process.ExitCode.Should().Be(0, "{0}{1}", await output, errors);
            return await output;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
