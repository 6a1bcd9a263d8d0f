using RankNas.SearchSpaces;

namespace RankNas.Strategies.Economics;

/// <summary>What a searcher and a good of a region made together.</summary>
/// <param name="Searcher">The searcher's place.</param>
/// <param name="Region">The region's place.</param>
/// <param name="Good">The good's place in its region.</param>
/// <param name="Architecture">The candidate, of the region.</param>
internal readonly record struct Candidate(int Searcher, int Region, int Good, Architecture Architecture);
