using RankNas.Images;
using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>RankNas as shipped.</summary>
/// <param name="space">The space.</param>
/// <param name="batch">How many images the proxies look at.</param>
/// <param name="workers">How many architectures are scored at once.</param>
/// <param name="proxies">The proxies' ids.</param>
/// <param name="isOneSearch">Whether all blocks are scored by the same workers, as in one search, and not each by its own.</param>
internal sealed class RankNasContender(ISearchSpace space, int batch, int workers, IReadOnlyList<string> proxies, bool isOneSearch = false) : IContender
{
    private readonly ProbeImages _images = ProbeImages.Synthetic(count: batch);
    private ArchitectureScorer? _lasting;

    public async Task ScoreAsync(Architecture[] block, CancellationToken cancellationToken)
    {
        if (isOneSearch)
        {
            // It ends with the process.
            _lasting ??= NewScorer();
            await _lasting.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
            return;
        }

        ArchitectureScorer scorer = NewScorer();
        await using (scorer.ConfigureAwait(false))
        {
            await scorer.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
        }
    }

    private ArchitectureScorer NewScorer() => NasBuilder.Create().UseSpace(space).UseImages(_images, batch).WithWorkers(workers)
        .AddProxies(ProxyOption.Resolve([.. proxies], ProxyOption.Paper)).BuildScorer();
}
