using RankNas.Strategies.Economics;

namespace RankNas.Strategies.Tests.Economics;

public class RegionTests
{
    [Fact]
    public void Rarity_RisesWithEveryRoundPassedOver_AndFallsWithEveryInvestment()
    {
        var region = new Region([]);
        region.Rarity.Should().Be(1);
        region.EndRound(0);
        region.EndRound(0);
        region.Rarity.Should().Be(3, "tᵇ is 3 and tᵃ is 1");
        region.EndRound(2);
        region.Rarity.Should().Be(1.0 / 3, "tᵇ is 1 and tᵃ is 3");
        region.EndRound(1);
        region.Rarity.Should().Be(1.0 / 4);
        region.EndRound(0);
        region.Rarity.Should().Be(2, "what was invested before no longer counts");
    }
}
