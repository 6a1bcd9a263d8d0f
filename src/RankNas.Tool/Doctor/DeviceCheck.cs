namespace RankNas.Tool.Doctor;

/// <summary>What a device computes, beside libtorch in float64 on the CPU, and how long it takes.</summary>
/// <param name="Device">The device.</param>
/// <param name="Architectures">How many architectures were compared.</param>
/// <param name="GreatestDifference">The greatest difference of each proxy's scores, relative to the score.</param>
/// <param name="SecondsAnArchitecture">The time of each space's architectures with the paper's three proxies.</param>
/// <param name="Timed">How many architectures of each space were timed.</param>
/// <param name="Batch">The images of the timed scores.</param>
internal sealed record DeviceCheck(
    string Device,
    int Architectures,
    IReadOnlyDictionary<string, double> GreatestDifference,
    IReadOnlyDictionary<string, double> SecondsAnArchitecture,
    int Timed,
    int Batch);
