using System.Collections.Immutable;

namespace RankNas.SearchSpaces;

/// <summary>A whole NATS-Bench network: the stem's width and the stages.</summary>
internal sealed record NetworkPlan(int StemChannels, ImmutableArray<StagePlan> Stages);
