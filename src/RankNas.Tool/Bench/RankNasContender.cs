using RankNas.Tool.Arguments;

namespace RankNas.Tool.Bench;

/// <summary>RankNas as shipped.</summary>
internal sealed class RankNasContender(ISearchSpace space, ProbeImages images, int batch, int workers, IReadOnlyList<string> proxies) : IContender
{
    public async Task ScoreAsync(Architecture[] block, CancellationToken cancellationToken)
    {
        NasBuilder builder = NasBuilder.Create().UseSpace(space).UseImages(images, batch).WithWorkers(workers)
            .AddProxies(ProxyOption.Resolve([.. proxies], ProxyOption.Paper));
        ArchitectureScorer scorer = builder.BuildScorer();
        await using (scorer.ConfigureAwait(false))
        {
            await scorer.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
        }
    }
}
