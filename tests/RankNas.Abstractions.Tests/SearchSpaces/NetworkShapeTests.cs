using RankNas.Graphs;

namespace RankNas.Abstractions.Tests.SearchSpaces;

public class NetworkShapeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65_537)]
    [InlineData(int.MaxValue)]
    public void SidesAndChannels_BeyondReason_AreRefused(int value)
    {
        string message = $"* is {value}: it must be from 1 to 65,536.*";
        FluentActions.Invoking(() => new NetworkShape { Channels = value }).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        FluentActions.Invoking(() => new NetworkShape { Height = value }).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        FluentActions.Invoking(() => new NetworkShape { Width = value }).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    [InlineData(int.MaxValue)]
    public void Classes_BeyondReason_AreRefused(int value) =>
        FluentActions.Invoking(() => new NetworkShape { Classes = value }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"Classes is {value}: it must be from 1 to 1,000,000.*");

    [Fact]
    public void ImageNetWithAllItsClasses_IsWithinReason() =>
        new NetworkShape { Classes = 21_841, Height = 512, Width = 512 }.Classes.Should().Be(21_841);
}
