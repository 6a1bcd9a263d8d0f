using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using RankNas.Torch;

namespace RankNas.Plotting;

/// <summary>The description of a machine in a report.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">How many cores this process may use.</param>
/// <param name="InstructionSet">Its widest vector instruction set.</param>
/// <param name="OperatingSystem">The operating system and its version.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Libtorch">The version of libtorch.</param>
public sealed record ReportMachine(string Processor, int Cores, string InstructionSet, string OperatingSystem, string Runtime, string Libtorch)
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    /// <summary>Describes this machine.</summary>
    public static ReportMachine Current() => new(
        FindProcessor(),
        Environment.ProcessorCount,
        FindInstructionSet(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        TorchRuntime.LibtorchVersion);

    private static string FindProcessor() =>
        NameIn(LinuxProcessors) ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();

    // Of ARM processors Linux tells no name.
    private static string? NameIn(string file)
    {
        const string Name = "model name";
        try
        {
            return File.Exists(file)
                ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A sandbox may hide it, and a report is worth more than the name.
            return null;
        }
    }

    private static string FindInstructionSet() =>
        Avx512F.IsSupported ? "AVX-512"
        : Avx2.IsSupported ? "AVX2"
        : Sse42.IsSupported ? "SSE4.2"
        : AdvSimd.IsSupported ? "NEON"
        : string.Create(CultureInfo.InvariantCulture, $"none of {RuntimeInformation.ProcessArchitecture}");
}
