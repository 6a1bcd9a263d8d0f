using System.Collections.Immutable;
using System.Diagnostics;
using RankNas.Images;
using RankNas.Scores;
using RankNas.Torch;

namespace RankNas.Tool.Doctor;

/// <summary>Compares a device's scores with libtorch's in float64 on the CPU, which no kernel of RankNas serves, and times them.</summary>
internal sealed class DeviceExamination(ImmutableArray<ComputeDevice> devices, ProbeImages? images, int timed, int batch, IProgress<string> progress)
{
    /// <summary>How far a score in float32 may be from float64, relative to the score: rounding on the CPU stays a thousand times below.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>How many images the compared networks look at.</summary>
    public const int ImagesCompared = 16;

    private const int ComparedOfEach = 4;

    public async Task<DeviceCheck> RunAsync(CancellationToken cancellationToken)
    {
        var differences = ProxyOption.Paper.ToDictionary(proxy => proxy, _ => 0.0);
        var seconds = new Dictionary<string, double>();
        foreach (ISearchSpace space in BuiltIns.TimedSpaces)
        {
            progress.Report($"Comparing {ComparedOfEach} architectures of {space.Id} with float64");
            var random = new Random(1);
            Architecture[] compared = [.. Enumerable.Range(0, ComparedOfEach).Select(_ => space.Sample(random))];
            (IReadOnlyList<ScoredArchitecture> scores, _) = await ScoreAsync(space, compared, devices, Precision.Float32, ImagesCompared, cancellationToken).ConfigureAwait(false);
            (IReadOnlyList<ScoredArchitecture> exact, _) = await ScoreAsync(space, compared, [ComputeDevice.Cpu], Precision.Float64, ImagesCompared, cancellationToken).ConfigureAwait(false);
            foreach ((int index, string proxy) in ProxyOption.Paper.Index())
            {
                differences[proxy] = scores.Zip(exact, (one, other) => DifferenceOf(one.Scores[index], other.Scores[index])).Append(differences[proxy]).Max();
            }

            progress.Report($"Timing {timed} architectures of {space.Id}, batch {batch}");
            Architecture[] sample = [.. Enumerable.Range(0, timed).Select(_ => space.Sample(random))];
            await ScoreAsync(space, sample[..Math.Min(2, timed)], devices, Precision.Float32, batch, cancellationToken).ConfigureAwait(false);
            (_, double took) = await ScoreAsync(space, sample, devices, Precision.Float32, batch, cancellationToken).ConfigureAwait(false);
            seconds[space.Id] = took / timed;
        }

        return new DeviceCheck(string.Join(", ", devices), BuiltIns.TimedSpaces.Count * ComparedOfEach, differences, seconds, timed, batch);
    }

    private async Task<(IReadOnlyList<ScoredArchitecture> Scores, double Seconds)> ScoreAsync(
        ISearchSpace space, Architecture[] architectures, ImmutableArray<ComputeDevice> where, Precision precision, int count, CancellationToken cancellationToken)
    {
        ArchitectureScorer scorer = NasBuilder.Create().UseSpace(space).UseImages(images ?? ProbeImages.Synthetic(count: count), count)
            .WithDevices(where).WithPrecision(precision).AddProxies(ProxyOption.Resolve([.. ProxyOption.Paper], ProxyOption.Paper)).BuildScorer();
        await using (scorer.ConfigureAwait(false))
        {
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<ScoredArchitecture> scored = await scorer.ScoreAsync(architectures, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return (scored, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    // Infinite scores agree with themselves alone, and failed ones with none.
    private static double DifferenceOf(Score score, Score exact) =>
        score.Kind != exact.Kind || score.Kind == ScoreKind.Failed ? double.PositiveInfinity
        : score.Value.Equals(exact.Value) ? 0
        : Math.Abs(score.Value - exact.Value) / Math.Max(1, Math.Abs(exact.Value));
}
