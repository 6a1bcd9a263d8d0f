namespace RankNas.Tool.Output.Live;

/// <summary>One of the best so far, and how many parameters its network has; null where that is not known.</summary>
internal sealed record BestCandidate(ScoredArchitecture Scored, long? Parameters);
