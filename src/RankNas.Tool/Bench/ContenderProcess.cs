using System.Diagnostics;
using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>A contender in a process of its own, so that neither allocator nor memory of one tells on another.</summary>
internal sealed class ContenderProcess : IDisposable
{
    private readonly Process _process;

    private ContenderProcess(Process process) => _process = process;

    public static ContenderProcess Start(string contender, ISearchSpace space, int batch)
    {
        string[] program = ContenderNames.IsRival(contender)
            ? [ContenderNames.RivalsProgram!]
            : [typeof(ContenderProcess).Assembly.Location, "bench-contender"];
        string[] command = [.. program, contender, "--space", space.Id, "--batch", $"{batch}"];
        var process = Process.Start(new ProcessStartInfo(DotnetHost(), command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        if (ContenderNames.HasOneCore(contender))
        {
            LimitToOneCore(process);
        }

        return new ContenderProcess(process);
    }

    // At once: on Linux, it is threads yet to be started that keep to it, of the compiler and the collector too.
    private static void LimitToOneCore(Process process)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            process.ProcessorAffinity = self.ProcessorAffinity & -self.ProcessorAffinity;
        }
    }

    public async Task<BlockFigures> ScoreAsync(Architecture[] block, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(string.Join('\t', block.AsEnumerable())).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);

        // Reading a pipe does not heed the token once it has begun; disposing this ends it.
        string line = await _process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("A process of the bench has ended before its time; what it wrote above says why.");
        return BlockFigures.Parse(line);
    }

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }

    // The tool may have been started by a host of its own, as tests and the packed tool are.
    private static string DotnetHost() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
        ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
