using System.Diagnostics;
using System.Globalization;

namespace RankNas.Storage.Sqlite.Tests;

/// <summary>Another process that adds scores.</summary>
internal static class Probe
{
    public static Process Start(string file, int first, int last)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "RankNas.Storage.Sqlite.Probe.dll"));
        start.ArgumentList.Add(file);
        start.ArgumentList.Add(first.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(last.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }
}
