namespace RankNas.Tool.Bench.Contenders;

/// <summary>The most memory that the process has held, as Linux counts it; elsewhere what the runtime knows.</summary>
internal static class PeakMemory
{
    // Resets VmHWM: see proc(5).
    private const string ResetPeak = "5";

    /// <summary>Forgets what was held before, where the system can.</summary>
    public static void Reset()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText("/proc/self/clear_refs", ResetPeak);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A container may forbid it: the peak is then that of all that came before, too.
        }
    }

    public static double Megabytes()
    {
        if (OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } peak)
        {
            // VmHWM:	   123456 kB
            return double.Parse(peak.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }

        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
