namespace RankNas.Tool.Bench;

/// <summary>What bfloat16 saves and loses against float32, as JSON has it.</summary>
/// <param name="Space">The space.</param>
/// <param name="Architectures">How many architectures were scored in both.</param>
/// <param name="Batch">How many images the proxies looked at.</param>
/// <param name="TimesFaster">The median over blocks of float32's time by bfloat16's.</param>
/// <param name="Proxies">Each proxy's loss.</param>
internal sealed record PrecisionBenchResult(
    string Space, int Architectures, int Batch, double TimesFaster, IReadOnlyDictionary<string, PrecisionLoss> Proxies);
