namespace RankNas.Tool.Bench.Contenders;

/// <summary>One way to score architectures, timed in a process of its own.</summary>
internal interface IContender
{
    Task ScoreAsync(Architecture[] block, CancellationToken cancellationToken);
}
