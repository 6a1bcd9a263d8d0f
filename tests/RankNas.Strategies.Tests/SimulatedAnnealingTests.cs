using System.Collections.Immutable;
using RankNas.Abstractions.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class SimulatedAnnealingTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 5, alleles: 4);
    private static readonly GridSpace WideGrid = GridSpace.Of(positions: 6, alleles: 8);

    [Fact]
    public async Task DefaultSettings_FindTheBest_WhateverTheSeed()
    {
        Architecture best = KnownScores.BestOf(Grid);
        var evaluations = new List<int>();
        for (int seed = 0; seed < 100; seed++)
        {
            KnownContext context = Context(Grid, new Random(seed), scoresOf: KnownScores.Separable(seed));
            IReadOnlyList<ScoredArchitecture> H =
                await new SimulatedAnnealing().SearchAsync(context, TestContext.Current.CancellationToken);
            context.Rank(H)[0].Architecture.Should().Be(best, "seed {0} searched", seed);
            evaluations.Add(context.Evaluations);
        }

        evaluations.Average().Should().BeLessThan(0.75 * (double)Grid.Count, "scoring the whole space would find it too");
    }

    [Fact]
    public async Task DefaultSettings_AskForAThousandNeighbors_AtTwentyFiveTemperatures()
    {
        KnownContext context = Context(WideGrid, new Random(1));
        await new SimulatedAnnealing().RunAsync(context);
        context.Asked[0].Should().ContainSingle("the search starts at one architecture");
        context.Asked.Skip(1).Should().HaveCount(25 * 4).And.OnlyContain(asked => asked.Length == 10);
    }

    [Theory]
    [InlineData(1, 0.1, 0.5, 4)]
    [InlineData(1, 0.25, 0.5, 2)]
    [InlineData(1, 8e-4, 0.745, 25)]
    [InlineData(10, 9, 0.1, 1)]
    public async Task Temperatures_FallByTheCoolingRate_UntilTheFinalOne(double initial, double final, double rate, int temperatures)
    {
        KnownContext context = Context(WideGrid, new Random(1));
        await new SimulatedAnnealing(new SimulatedAnnealingOptions
        {
            InitialTemperature = initial,
            FinalTemperature = final,
            CoolingRate = rate,
            IterationsPerTemperature = 3,
            Neighbors = 2,
        }).RunAsync(context);
        context.Asked.Should().HaveCount(1 + 3 * temperatures);
    }

    // β·I·N·ln(τ/Ψ₀)/ln r with I = 4, N = 10 and 24.2 temperatures is 968.9 β.
    [Theory]
    [InlineData(1, 968, false)]
    [InlineData(0.0032, 3, true)]
    [InlineData(0.0042, 4, true)]
    [InlineData(1e-6, 1, true)]
    public async Task History_IsTheBestOfEveryIteration_WithoutTheWorstRankedAboveTheLimit(double beta, int limit, bool isReached)
    {
        KnownContext context = Context(WideGrid, new Random(2), scoresOf: KnownScores.Unrelated);
        IReadOnlyList<Architecture> found =
            await new SimulatedAnnealing(new SimulatedAnnealingOptions { Beta = beta, Alpha = 1e-6 }).RunAsync(context);

        List<ScoredArchitecture> H = [];
        bool wasFull = false;
        foreach (StrategyRun iteration in IterationsOf(context))
        {
            H.Select(kept => kept.Architecture).Should().BeSubsetOf(iteration.Architectures);
            iteration.Set.Count.Should().BeLessThanOrEqualTo(1 + 10 + limit);
            ScoredArchitecture best = iteration.Result[0];
            if (!H.Exists(kept => kept.Architecture.Equals(best.Architecture)))
            {
                H.Add(best);
            }

            if (H.Count > limit)
            {
                wasFull = true;
                H = [.. Ranker.Rank(new RankSum(), KnownScores.Proxies, H).Take(limit)];
            }
        }

        found.Should().BeEquivalentTo(H.Select(kept => kept.Architecture));
        wasFull.Should().Be(isReached, "an iteration adds one at most, and there are 100");
    }

    // Two temperatures from 4 to 1: β·I·N·ln(τ/Ψ₀)/ln r = 0.0042 · 50 · 10 · 2 is 4.2.
    [Fact]
    public async Task History_OfTemperaturesFromAbove_HasItsLimitByTheirRatio()
    {
        var options = new SimulatedAnnealingOptions { InitialTemperature = 4, FinalTemperature = 1, CoolingRate = 0.5, IterationsPerTemperature = 50, Alpha = 1e-6, Beta = 0.0042 };

        (await new SimulatedAnnealing(options).RunAsync(Context(WideGrid, new Random(2), scoresOf: KnownScores.Unrelated))).Should().HaveCount(4);
    }

    [Theory]
    [InlineData(0.5, 0.25)]
    [InlineData(0.05, 0.25)]
    [InlineData(0.9, 0.02)]
    public async Task EveryMove_FollowsFromTheEnergyAndTheTemperature(double chance, double alpha)
    {
        KnownContext context = Context(WideGrid, new FixedChance(3, chance), scoresOf: KnownScores.Unrelated);
        await new SimulatedAnnealing(new SimulatedAnnealingOptions { Alpha = alpha }).RunAsync(context);

        StrategyRun[] iterations = [.. IterationsOf(context)];
        int moves = 0;
        for (int iteration = 0; iteration + 1 < iterations.Length; iteration++)
        {
            double temperature = Math.Pow(0.745, iteration / 4);
            Architecture s = iterations[iteration].Set[0].Architecture;
            ScoredArchitecture current = iterations[iteration].Result.Single(one => one.Architecture.Equals(s));
            ScoredArchitecture best = iterations[iteration].Result.First(one => !one.Architecture.Equals(s));
            double energyChange = best.Total - current.Total;
            bool moved = energyChange < 0 || chance <= Math.Exp(-alpha * energyChange / temperature);
            iterations[iteration + 1].Set[0].Architecture.Should().Be(moved ? best.Architecture : s);
            moves += moved ? 1 : 0;
        }

        moves.Should().BeInRange(1, iterations.Length - 2, "a search that always moves, or never, would show nothing");
    }

    [Fact]
    public async Task EveryNeighborhood_IsOfTheSolutionAtHand_WithoutIt()
    {
        KnownContext context = Context(Grid, new Random(4));
        await new SimulatedAnnealing().RunAsync(context);
        context.Asked[0].Should().Equal(IterationsOf(context).First().Set[0].Architecture);
        foreach (StrategyRun iteration in IterationsOf(context))
        {
            context.Asked[iteration.Asks - 1].Should().NotContain(iteration.Set[0].Architecture).And.BeSubsetOf(iteration.Architectures);
        }
    }

    private static KnownContext Context(ISearchSpace space, Random random, Func<Architecture, ImmutableArray<Score>>? scoresOf = null) =>
        new(space, 1_000_000, random) { ScoresOf = scoresOf ?? KnownScores.Separable() };

    // The first ranking after neighbours were scored; a second one is of a history above its limit.
    private static IEnumerable<StrategyRun> IterationsOf(KnownContext context) =>
        context.Rankings.Where(ranking => ranking.Asks > 1).DistinctBy(ranking => ranking.Asks);
}
