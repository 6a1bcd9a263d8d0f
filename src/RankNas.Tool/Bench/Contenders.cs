using RankNas.Tool.Arguments;

namespace RankNas.Tool.Bench;

/// <summary>Everyone who takes part in a bench, by name.</summary>
internal static class Contenders
{
    public const string RankNas = "ranknas";
    public const string RankNasOnOneCore = "ranknas-on-one-core";
    public const string Literal = "literal";
    public const string Lean = "lean";
    public const string FloorByThreads = "floor-by-threads";
    public const string FloorByWorkers = "floor-by-workers";
    private const string RankNasWithout = "ranknas-without-";

    /// <summary>Gets them in the order in which they take turns: those that are alike in time next to each other, for a machine is not the same for long.</summary>
    public static IReadOnlyList<string> All { get; } =
        [FloorByThreads, FloorByWorkers, RankNas, RankNasOnOneCore, .. ProxyOption.Paper.Select(Without), Lean, Literal];

    /// <summary>Tells whether a contender's turns are short enough for chance to tell on them. Those of the others are long, and as these give their memory back, they are warm after one.</summary>
    public static bool IsQuick(string contender) => contender is not (Lean or Literal);

    /// <summary>Tells whether a contender is to have one core and no more.</summary>
    public static bool HasOneCore(string contender) => contender == RankNasOnOneCore;

    /// <summary>RankNas without one of the proxies, to see what it costs.</summary>
    public static string Without(string proxy) => RankNasWithout + proxy;

    public static IContender Create(string name, ISearchSpace space, int batch)
    {
        ProbeImages images = ProbeImages.Synthetic(count: batch);
        int cores = Environment.ProcessorCount;
        return name switch
        {
            RankNas => new RankNasContender(space, images, batch, cores, ProxyOption.Paper),
            RankNasOnOneCore => new RankNasContender(space, images, batch, workers: 1, ProxyOption.Paper),
            Literal => new RivalContender(space, images, batch, channelsLast: false, Rivals.Literal, workers: 1),
            Lean => new RivalContender(space, images, batch, channelsLast: false, Rivals.Lean, workers: 1),
            FloorByThreads => new RivalContender(space, images, batch, channelsLast: true, Rivals.Bare, workers: 1),
            FloorByWorkers => new RivalContender(space, images, batch, channelsLast: true, Rivals.Bare, workers: cores),
            _ when name.StartsWith(RankNasWithout, StringComparison.Ordinal) => new RankNasContender(
                space, images, batch, cores, [.. ProxyOption.Paper.Where(proxy => proxy != name[RankNasWithout.Length..])]),
            _ => throw new ArgumentException($"There is no contender '{name}'.", nameof(name)),
        };
    }
}
