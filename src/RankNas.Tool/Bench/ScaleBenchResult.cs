namespace RankNas.Tool.Bench;

/// <summary>Memory and time at the beginning and at the end of a long run, as JSON has them.</summary>
/// <param name="Space">The space.</param>
/// <param name="Architectures">How many architectures were drawn, and scored in one process where they had not been before.</param>
/// <param name="Batch">How many images the proxies looked at.</param>
/// <param name="PeakMegabytes">The most memory held at any time.</param>
/// <param name="PeakMegabytesOfTheFirst">The most memory held while the first 500 were scored.</param>
/// <param name="PeakMegabytesOfTheLast">The most memory held while the last 500 were scored.</param>
/// <param name="SecondsOfTheFirst">The time of one of the first 500.</param>
/// <param name="SecondsOfTheLast">The time of one of the last 500, which are others: of a space's many networks, 500 take about as long as any 500.</param>
internal sealed record ScaleBenchResult(
    string Space, int Architectures, int Batch, double PeakMegabytes, double PeakMegabytesOfTheFirst, double PeakMegabytesOfTheLast, double SecondsOfTheFirst, double SecondsOfTheLast);
