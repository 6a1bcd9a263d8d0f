using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Tests;

public class WithoutKernelsTests
{
    [Fact]
    public async Task WithoutKernels_ScoresAsTheKernelsDo_UnderAnotherName()
    {
        async Task<SearchResult> Search(NasBuilder builder) => await builder.UseSpace(new NatsSizeSpace()).AddNoiseImmunity().AddNaswot().AddLogSynFlow()
            .UseRandomSearch().WithBatchSize(8).WithBudget(2).WithSeed(3).Build().RunAsync(TestContext.Current.CancellationToken);
        SearchResult kernels = await Search(NasBuilder.Create()), tensors = await Search(NasBuilder.Create().WithoutKernels());

        string NumericsOf(SearchResult result) => result.Settings.Single(setting => setting.Name == "numerics").Value;
        NumericsOf(tensors).Should().Contain("-tensors-").And.NotBe(NumericsOf(kernels));
        foreach ((ScoredArchitecture one, ScoredArchitecture other) in kernels.Ranked.OrderBy(one => one.Architecture.Text).Zip(tensors.Ranked.OrderBy(one => one.Architecture.Text)))
        {
            one.Architecture.Should().Be(other.Architecture);
            one.Scores.Zip(other.Scores).Should().OnlyContain(pair => Math.Abs(pair.First.Value - pair.Second.Value) < 1e-4 * Math.Abs(pair.Second.Value));
        }
    }
}
