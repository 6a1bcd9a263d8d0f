using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tool.Bench;

/// <summary>Times RankNas and its rivals over a seeded sample of a space, block by block in turn.</summary>
internal sealed class SpaceBench(ISearchSpace space, int architectures, int batch, ProbeImages images, int cores)
{
    public async Task<SpaceBenchResult> RunAsync(CancellationToken cancellationToken)
    {
        TorchRuntime.EnsureLoaded();
        TorchAllocator.KeepFreedMemory();
        using DisposeScope scope = NewDisposeScope();
        Tensor plain = images.Take(batch, ScalarType.Float32, CPU);
        Tensor plainNoisy = plain + NoiseGenerator.Gaussian.Draw(plain.shape, 0);
        Tensor pixels = TensorLayout.ChannelsLast(plain);
        Tensor pixelsNoisy = TensorLayout.ChannelsLast(plainNoisy);

        var random = new Random(architectures);
        Architecture[][] blocks = [.. Enumerable.Range(0, architectures).Select(_ => space.Sample(random)).Chunk(2 * cores)];
        await TimeRankNasAsync(blocks[0], cores, cancellationToken).ConfigureAwait(false);
        Bare(blocks[0], pixels, pixelsNoisy, cores);

        var measured = new List<BlockTimes>();
        foreach (Architecture[] block in blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PeakMemory.Reset();
            double rankNas = await TimeRankNasAsync(block, cores, cancellationToken).ConfigureAwait(false);
            double peak = PeakMemory.Megabytes();
            measured.Add(new BlockTimes(
                rankNas,
                await TimeRankNasAsync(block, 1, cancellationToken).ConfigureAwait(false),
                Time(block, architecture => Rivals.Literal(space, architecture, plain, plainNoisy)),
                Time(block, architecture => Rivals.Lean(space, architecture, plain, plainNoisy)),
                Math.Min(Time(block, architecture => Rivals.Bare(space, architecture, pixels, pixelsNoisy)), Bare(block, pixels, pixelsNoisy, cores)),
                peak));
        }

        return new SpaceBenchResult(
            architectures,
            batch,
            Median(measured.Select(block => block.RankNas)) / (2 * cores),
            Median(measured.Select(block => block.Literal / block.RankNas)),
            Median(measured.Select(block => block.Lean / block.RankNas)),
            Median(measured.Select(block => block.RankNas / block.Floor)),
            Median(measured.Select(block => block.RankNasOnOneCore / block.RankNas)),
            measured.Max(block => block.PeakMegabytes));
    }

    private async Task<double> TimeRankNasAsync(Architecture[] block, int workers, CancellationToken cancellationToken)
    {
        ArchitectureScorer scorer = NasBuilder.Create().UseSpace(space).UseImages(images, batch)
            .AddNoiseImmunity().AddNaswot().AddLogSynFlow().WithWorkers(workers).BuildScorer();
        long start = Stopwatch.GetTimestamp();
        await scorer.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private double Time(Architecture[] block, Action<Architecture> score)
    {
        set_num_threads(cores);
        long start = Stopwatch.GetTimestamp();
        foreach (Architecture architecture in block)
        {
            using DisposeScope scope = NewDisposeScope();
            score(architecture);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // A thread of its own for each network, as RankNas does.
    private double Bare(Architecture[] block, Tensor pixels, Tensor pixelsNoisy, int threads)
    {
        long start = Stopwatch.GetTimestamp();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(worker => new Thread(() =>
        {
            set_num_threads(1);
            for (int index = worker; index < block.Length; index += threads)
            {
                Rivals.Bare(space, block[index], pixels, pixelsNoisy);
            }
        }))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record BlockTimes(double RankNas, double RankNasOnOneCore, double Literal, double Lean, double Floor, double PeakMegabytes);
}
