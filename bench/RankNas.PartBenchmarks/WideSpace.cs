using RankNas.SearchSpaces;

namespace RankNas.PartBenchmarks;

/// <summary>Sixteen million architectures whose networks nobody builds.</summary>
internal sealed class WideSpace() : ChoiceSearchSpace(
    "wide", [.. Enumerable.Range(0, 8).Select(choice => new Choice($"choice{choice}", 0, 1, 2, 3, 4, 5, 6, 7))]);
