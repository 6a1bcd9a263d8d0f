using System.Diagnostics;
using System.Globalization;

namespace RankNas.Soak;

/// <summary>Writes a line of CSV with the memory held after every so many architectures.</summary>
/// <param name="every">How many.</param>
internal sealed class MemoryLog(int every) : IProgress<SearchProgress>
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _next;

    public void Report(SearchProgress value)
    {
        if (value.Evaluations < _next)
        {
            return;
        }

        if (_next == 0)
        {
            Console.WriteLine("architectures,seconds,managed_mb,resident_mb");
        }

        _next = ((value.Evaluations / every) + 1) * every;
        double managed = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{value.Evaluations},{_clock.Elapsed.TotalSeconds:0},{managed:0.0},{process.WorkingSet64 / 1e6:0}"));
    }
}
