using System.Collections.Immutable;
using CsCheck;
using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class StrategyPropertyTests
{
    // Small spaces, of which a rule drawn with them refuses a part but never all.
    private static readonly Gen<GridSpace> Spaces =
        from alleles in Gen.Int[1, 4].Array[1, 4]
        from divisor in Gen.Int[1, 3]
        from rest in Gen.Int[0, 2]
        select SpaceOf([.. alleles], divisor, rest);

    public static TheoryData<string> Ids => BuiltIn.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task AnySearch_KeepsToBudgetSpaceAndSeed(string id) => await
        Gen.Select(Spaces, Gen.Int[1, 60], Gen.Int[0, 80], Gen.Int[0, int.MaxValue - 1]).SampleAsync(
            async (space, budget, cancelledAfter, seed) =>
            {
                KnownContext context = Context(space, budget, cancelledAfter, seed);
                IReadOnlyList<Architecture> found = await BuiltIn.SmallStrategy(id).RunAsync(context);

                context.Evaluations.Should().BeLessThanOrEqualTo(Math.Min(budget, cancelledAfter));
                context.Scored.All(space.IsViable).Should().BeTrue();
                found.Should().OnlyHaveUniqueItems().And.BeSubsetOf(context.Scored);
                found.Any().Should().Be(context.Evaluations > 0);

                KnownContext again = Context(space, budget, cancelledAfter, seed);
                (await BuiltIn.SmallStrategy(id).RunAsync(again)).Should().Equal(found);
                again.Scored.Should().Equal(context.Scored);
            },
            iter: 100);

    [Fact]
    public async Task ARandomSearch_ScoresAsManyAsBudgetAndSpaceAllow() => await
        Gen.Select(Spaces, Gen.Int[1, 300], Gen.Int[0, int.MaxValue - 1]).SampleAsync(
            async (space, budget, seed) =>
            {
                KnownContext context = Context(space, budget, int.MaxValue, seed);
                await new RandomSearch().RunAsync(context);
                context.Evaluations.Should().Be(Math.Min(budget, space.Viable.Count()));
            },
            iter: 200);

    private static KnownContext Context(ISearchSpace space, int budget, int cancelledAfter, int seed) =>
        new(space, budget, new Random(seed)) { CancelledAfter = cancelledAfter, ScoresOf = KnownScores.Mixed };

    private static GridSpace SpaceOf(ImmutableArray<int> alleles, int divisor, int rest) =>
        new(alleles, architecture => architecture.Genes.Sum() == 0 || architecture.Genes.Sum() % divisor == rest % divisor);
}
