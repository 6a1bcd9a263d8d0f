using System.Globalization;

namespace RankNas.Tool.Bench;

/// <summary>The most memory that the process has held, as Linux counts it; elsewhere what the runtime knows.</summary>
internal static class PeakMemory
{
    /// <summary>Starts to count anew, where the system can.</summary>
    public static void Reset()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    public static double Megabytes()
    {
        if (OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmHWM", StringComparison.Ordinal)) is { } peak)
        {
            return double.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }

        return Environment.WorkingSet / 1e6;
    }
}
