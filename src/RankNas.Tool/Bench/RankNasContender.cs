using RankNas.Images;
using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>RankNas as shipped.</summary>
internal sealed class RankNasContender(ISearchSpace space, int batch, int workers, IReadOnlyList<string> proxies) : IContender
{
    private readonly ProbeImages _images = ProbeImages.Synthetic(count: batch);

    public async Task ScoreAsync(Architecture[] block, CancellationToken cancellationToken)
    {
        NasBuilder builder = NasBuilder.Create().UseSpace(space).UseImages(_images, batch).WithWorkers(workers)
            .AddProxies(ProxyOption.Resolve([.. proxies], ProxyOption.Paper));
        ArchitectureScorer scorer = builder.BuildScorer();
        await using (scorer.ConfigureAwait(false))
        {
            await scorer.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
        }
    }
}
