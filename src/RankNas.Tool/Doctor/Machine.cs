using System.Runtime.InteropServices;
using RankNas.Torch;
using TorchSharp;

namespace RankNas.Tool.Doctor;

/// <summary>The machine as the system tells of it.</summary>
internal static class Machine
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>Gets the processor's name; null where the system does not tell.</summary>
    public static string? Processor { get; } = FieldsOf("model name").FirstOrDefault() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");

    /// <summary>Gets the logical processors of the machine; null where the system does not tell.</summary>
    public static int? Cores { get; } = FieldsOf("processor").Count() is > 0 and int count ? count : null;

    /// <summary>Gets what the processor can do, in Linux's words.</summary>
    public static IReadOnlySet<string> Flags { get; } = new HashSet<string>((FieldsOf("flags").FirstOrDefault() ?? "").Split(' '));

    /// <summary>Gets the operating system and the runtime.</summary>
    public static string System => $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.FrameworkDescription}";

    /// <summary>Gets the file that libtorch was loaded from; null where the system does not tell.</summary>
    public static string? LibtorchPath => OperatingSystem.IsLinux()
        ? File.ReadLines("/proc/self/maps").Where(line => line.Contains("libtorch_cpu.so", StringComparison.Ordinal)).Select(line => line[line.IndexOf('/')..]).FirstOrDefault()
        : null;

    /// <summary>Gets whether the system has a driver of NVIDIA's; false where it does not tell.</summary>
    public static bool HasNvidiaDriver => File.Exists("/proc/driver/nvidia/version");

    /// <summary>Gets what networks can run on.</summary>
    public static IReadOnlyList<string> Devices()
    {
        TorchRuntime.EnsureLoaded();
        int cards = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return ["cpu", .. Enumerable.Range(0, cards).Select(card => $"cuda:{card}")];
    }

    private static IEnumerable<string> FieldsOf(string name) => File.Exists(CpuInfo)
        ? File.ReadLines(CpuInfo).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(field => field.Length == 2 && field[0] == name).Select(field => field[1])
        : [];
}
