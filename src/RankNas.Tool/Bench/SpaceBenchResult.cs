namespace RankNas.Tool.Bench;

/// <summary>The medians over the blocks of a space's sample, as JSON has them.</summary>
/// <param name="Architectures">How many architectures were scored.</param>
/// <param name="Batch">How many images the proxies looked at.</param>
/// <param name="SecondsAnArchitecture">RankNas's time, on all cores.</param>
/// <param name="TimesFasterThanLiteral">The literal pipeline's time over RankNas's; null, as the next two, where the rivals are not there.</param>
/// <param name="TimesFasterThanLean">The lean pipeline's time over RankNas's.</param>
/// <param name="TimesTheFloor">RankNas's time over that of two bare passes.</param>
/// <param name="AllCoresOverOne">RankNas's time on one core over that on all.</param>
/// <param name="ShareOfTime">What share of RankNas's time is saved by leaving a proxy out; the passes that others need too remain.</param>
/// <param name="PeakMegabytes">The most memory that RankNas's process held.</param>
/// <param name="AllocatedMegabytesAnArchitecture">What RankNas allocated in managed memory.</param>
internal sealed record SpaceBenchResult(
    int Architectures,
    int Batch,
    double SecondsAnArchitecture,
    double? TimesFasterThanLiteral,
    double? TimesFasterThanLean,
    double? TimesTheFloor,
    double AllCoresOverOne,
    IReadOnlyDictionary<string, double> ShareOfTime,
    double PeakMegabytes,
    double AllocatedMegabytesAnArchitecture);
