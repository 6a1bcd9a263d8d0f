using System.Globalization;

namespace RankNas.Torch;

/// <summary>How much the system lets this process map, which <c>ulimit</c> and batch systems limit.</summary>
internal static class AddressSpace
{
    private const string Unlimited = "unlimited";

    // What the process has of each, as the system names it in the two files.
    private static readonly (string Limit, string Used)[] Limits = [("Max address space", "VmSize:"), ("Max data size", "VmData:")];

    /// <summary>Gets how many bytes are left; null where there is no limit.</summary>
    public static long? Room => OperatingSystem.IsLinux() ? RoomOf(ReadLines("/proc/self/limits"), ReadLines("/proc/self/status")) : null;

    /// <summary>Reads the least of what is left.</summary>
    /// <param name="limits">The lines of <c>/proc/self/limits</c>: a name, the limit in bytes, the most that it may be raised to, a unit.</param>
    /// <param name="status">The lines of <c>/proc/self/status</c>: a name and a size in kB.</param>
    public static long? RoomOf(IReadOnlyList<string> limits, IReadOnlyList<string> status) =>
        Limits.Min(pair => LimitOf(limits, pair.Limit) - UsedOf(status, pair.Used));

    private static long? LimitOf(IReadOnlyList<string> limits, string name) =>
        FirstWordAfter(limits, name) is { } limit and not Unlimited && long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null;

    private static long UsedOf(IReadOnlyList<string> status, string name) =>
        long.TryParse(FirstWordAfter(status, name), NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes << 10 : 0;

    private static string? FirstWordAfter(IReadOnlyList<string> lines, string name) => lines
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => line[name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault())
        .FirstOrDefault();

    // A system that hides them is taken to set no limit: what is asked of it may still fail, and is prepared to.
    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
