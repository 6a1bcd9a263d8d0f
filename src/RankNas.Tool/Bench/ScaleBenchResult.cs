namespace RankNas.Tool.Bench;

/// <summary>Memory and time at the beginning and at the end of a long run, as JSON has them.</summary>
/// <param name="Space">The space.</param>
/// <param name="Architectures">How many architectures were scored in one process.</param>
/// <param name="Batch">How many images the proxies looked at.</param>
/// <param name="PeakMegabytesAfter500">The most memory held up to the first 500.</param>
/// <param name="PeakMegabytes">The most memory held up to the end.</param>
/// <param name="SecondsOfTheFirst">The time of one of the first 500.</param>
/// <param name="SecondsOfTheFirstAgain">The time of one of them after all others.</param>
internal sealed record ScaleBenchResult(
    string Space, int Architectures, int Batch, double PeakMegabytesAfter500, double PeakMegabytes, double SecondsOfTheFirst, double SecondsOfTheFirstAgain);
