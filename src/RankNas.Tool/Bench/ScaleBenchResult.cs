namespace RankNas.Tool.Bench;

/// <summary>Memory and time at the beginning and at the end of a long run, as JSON has them.</summary>
/// <param name="Space">The space.</param>
/// <param name="Architectures">How many architectures were scored in one process.</param>
/// <param name="Batch">How many images the proxies looked at.</param>
/// <param name="PeakMegabytes">The most memory held at any time.</param>
/// <param name="PeakMegabytesOfTheFirst">The most memory held while the first 500 were scored.</param>
/// <param name="PeakMegabytesOfTheFirstAgain">The most memory held while they were scored again, after all others.</param>
/// <param name="SecondsOfTheFirst">The time of one of the first 500.</param>
/// <param name="SecondsOfTheFirstAgain">The time of one of them after all others.</param>
internal sealed record ScaleBenchResult(
    string Space, int Architectures, int Batch, double PeakMegabytes, double PeakMegabytesOfTheFirst, double PeakMegabytesOfTheFirstAgain, double SecondsOfTheFirst, double SecondsOfTheFirstAgain);
