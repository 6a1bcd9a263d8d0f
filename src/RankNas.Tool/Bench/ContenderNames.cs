namespace RankNas.Tool.Bench;

/// <summary>Everyone who takes part in a bench, by name.</summary>
internal static class ContenderNames
{
    public const string RankNas = "ranknas";
    public const string RankNasInOneSearch = "ranknas-in-one-search";
    public const string RankNasOnOneCore = "ranknas-on-one-core";
    public const string Literal = "literal";
    public const string Lean = "lean";
    public const string FloorByThreads = "floor-by-threads";
    public const string FloorByWorkers = "floor-by-workers";
    private const string RankNasWithout = "ranknas-without-";

    // Programs of their own, which are there where the tool was built from its source.
    private static readonly string[] Rivals = [FloorByThreads, FloorByWorkers, Lean, Literal];

    /// <summary>Gets the program that the rivals are in; null where there is none.</summary>
    public static string? RivalsProgram { get; } = FindRivals();

    /// <summary>Gets them in the order in which they take turns: those that are alike in time next to each other, for a machine is not the same for long.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. ((string[])[FloorByThreads, FloorByWorkers, RankNas, RankNasOnOneCore, .. ProxyOption.Paper.Select(Without), Lean, Literal])
            .Where(contender => RivalsProgram is not null || !IsRival(contender)),
    ];

    /// <summary>Tells whether a contender is no part of RankNas.</summary>
    public static bool IsRival(string contender) => Rivals.Contains(contender);

    /// <summary>Tells whether a contender's turns are short enough for chance to tell on them. Those of the others are long, and as these give their memory back, they are warm after one.</summary>
    public static bool IsQuick(string contender) => contender is not (Lean or Literal);

    /// <summary>Tells whether a contender is to have one core and no more.</summary>
    public static bool HasOneCore(string contender) => contender == RankNasOnOneCore;

    /// <summary>RankNas without one of the proxies, to see what it costs.</summary>
    public static string Without(string proxy) => RankNasWithout + proxy;

    /// <summary>Gets RankNas as a contender has it.</summary>
    public static RankNasContender Create(string name, ISearchSpace space, int batch) => name switch
    {
        RankNas => new RankNasContender(space, batch, Environment.ProcessorCount, ProxyOption.Paper),
        RankNasInOneSearch => new RankNasContender(space, batch, Environment.ProcessorCount, ProxyOption.Paper, isOneSearch: true),
        RankNasOnOneCore => new RankNasContender(space, batch, workers: 1, ProxyOption.Paper),
        _ when name.StartsWith(RankNasWithout, StringComparison.Ordinal) => new RankNasContender(
            space, batch, Environment.ProcessorCount, [.. ProxyOption.Paper.Where(proxy => proxy != name[RankNasWithout.Length..])]),
        _ => throw new ArgumentException($"There is no contender '{name}'.", nameof(name)),
    };

    // Builds have a folder for each project, and one in it for each configuration.
    private static string? FindRivals()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        string path = Path.Combine(own.Parent?.Parent?.FullName ?? own.FullName, "RankNas.Rivals", own.Name, "RankNas.Rivals.dll");
        return File.Exists(path) ? path : null;
    }
}
