namespace RankNas.Tool.Bench;

/// <summary>The medians over the blocks of a space's sample, as JSON has them.</summary>
internal sealed record SpaceBenchResult(
    int Architectures,
    int Batch,
    double SecondsAnArchitecture,
    double TimesFasterThanLiteral,
    double TimesFasterThanLean,
    double TimesTheFloor,
    double AllCoresOverOne,
    double PeakMegabytes);
