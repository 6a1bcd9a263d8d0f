namespace RankNas.Tool.Bench;

/// <summary>Memory and time at the beginning and at the end of a long run, as JSON has them.</summary>
/// <param name="Space">The space.</param>
/// <param name="Architectures">How many architectures were scored in one process.</param>
/// <param name="Batch">How many images the proxies looked at.</param>
/// <param name="PeakMegabytes">The most memory held at any time.</param>
/// <param name="PeakMegabytesOfTheLargest">The most memory held after the 16 of the largest activations, which were scored before all others.</param>
/// <param name="SecondsOfTheFirst">The time of one of the first 500 after these.</param>
/// <param name="SecondsOfTheFirstAgain">The time of one of them after all others.</param>
internal sealed record ScaleBenchResult(
    string Space, int Architectures, int Batch, double PeakMegabytes, double PeakMegabytesOfTheLargest, double SecondsOfTheFirst, double SecondsOfTheFirstAgain);
