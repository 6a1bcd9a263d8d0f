namespace RankNas.Tool.Bench;

/// <summary>A bench as <c>ranknas bench --json</c> writes it.</summary>
internal sealed record BenchReport(
    int Threads, IReadOnlyDictionary<string, SpaceBenchResult> Spaces, double AllCoresOverOne, double PeakMegabytes);
