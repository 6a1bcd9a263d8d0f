using MathNet.Numerics.Statistics;

namespace RankNas.Tool.Bench;

/// <summary>The turns of a bench so far. Every turn has its own ratios, so that those that are done stand whenever it ends.</summary>
internal sealed class BenchTurns(int batch)
{
    private readonly List<Turn> _quick = [];
    private readonly List<Turn> _slow = [];

    public bool IsEmpty => _quick.Count == 0;

    public void AddQuick(Turn turn) => _quick.Add(turn);

    public void AddSlow(Turn turn) => _slow.Add(turn);

    /// <summary>Gets the medians over the turns; ratios to slow contenders are null before their first.</summary>
    /// <param name="rounds">How often each block was timed.</param>
    public SpaceBenchResult Summarize(int rounds) => new(
        _quick.Where((_, turn) => turn % rounds == 0).Sum(turn => turn.Architectures),
        batch,
        MedianOf(turn => turn.SecondsOf(ContenderNames.RankNas) / turn.Architectures),
        TimesRival(ContenderNames.Literal),
        TimesRival(ContenderNames.Lean),
        ContenderNames.RivalsProgram is null ? null : MedianOf(turn => turn.SecondsOf(ContenderNames.RankNas)
            / Math.Min(turn.SecondsOf(ContenderNames.FloorByThreads), turn.SecondsOf(ContenderNames.FloorByWorkers))),
        MedianOf(turn => turn.TimesRankNas(ContenderNames.RankNasOnOneCore)),
        ProxyOption.Paper.ToDictionary(proxy => proxy, proxy => 1 - MedianOf(turn => turn.TimesRankNas(ContenderNames.Without(proxy)))),
        _quick.Max(turn => turn.Figures[ContenderNames.RankNas].PeakMegabytes),
        MedianOf(turn => turn.Figures[ContenderNames.RankNas].AllocatedMegabytes / turn.Architectures));

    private double MedianOf(Func<Turn, double> figure) => _quick.Select(figure).Median();

    private double? TimesRival(string contender) => _slow.Count == 0 ? null : _slow.Select(turn => turn.TimesRankNas(contender)).Median();
}
