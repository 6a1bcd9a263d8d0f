using System.Diagnostics;

namespace RankNas.Tool.Tests;

/// <summary>The tool as a process of its own.</summary>
internal static class ToolProcess
{
    public static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "RankNas.Tool.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The tool did not start.");
    }

    /// <summary>Starts it in a shell, which redirects its streams.</summary>
    public static Process StartInShell(string redirection, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-c", $"exec dotnet \"$@\" {redirection}", "sh", Path.Combine(AppContext.BaseDirectory, "RankNas.Tool.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
    }

    /// <summary>Sends a signal, such as <c>INT</c>.</summary>
    public static Task SendAsync(string signal, Process process, CancellationToken cancellationToken) => SendAsync([signal], process, cancellationToken);

    /// <summary>Sends signals one right after the other.</summary>
    public static async Task SendAsync(string[] signals, Process process, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("sh", ["-c", string.Join("; ", signals.Select(signal => $"kill -{signal} {process.Id}"))]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Gets a process's children, as Linux lists them.</summary>
    public static IReadOnlyList<int> ChildrenOf(Process process) =>
        [.. File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    public static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            waiting.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2));
            await Task.Delay(50, cancellationToken);
        }
    }

    public static async Task<string> RunAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        using Process process = Start(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.Should().Be(0, await errors);
        return output;
    }
}
