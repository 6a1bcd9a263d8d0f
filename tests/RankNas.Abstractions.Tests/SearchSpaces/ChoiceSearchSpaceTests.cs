using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Abstractions.Tests.SearchSpaces;

public class ChoiceSearchSpaceTests
{
    private static readonly Chosen Space = new(new Choice("width", 8, 16, 32), new Choice("pooling", "max", "average"));

    [Fact]
    public void AnArchitecture_IsWrittenByNamesAndValues() => Enumerable.Range(0, 6).Select(index => Space.FromIndex(index).Text).Should().Equal(
        "width=8,pooling=max", "width=8,pooling=average",
        "width=16,pooling=max", "width=16,pooling=average",
        "width=32,pooling=max", "width=32,pooling=average");

    [Fact]
    public void Parse_ReadsWhatIsWritten_InAnyOrder()
    {
        Enumerable.Range(0, 6).Select(index => Space.FromIndex(index)).Should().OnlyContain(architecture => Space.Parse(architecture.Text).Equals(architecture));
        Space.Parse(" pooling = average, width=16 ").Should().Be(Space.Create(1, 1));
    }

    [Theory]
    [InlineData("width=8", "pooling is missing")]
    [InlineData("", "width is missing")]
    [InlineData("width=9,pooling=max", "width is one of 8, 16, 32")]
    [InlineData("width=8,pooling=max,width=8", "width is there twice")]
    [InlineData("width=8,depth=2", "'depth=2' sets none of width, pooling")]
    [InlineData("width", "'width' sets none of width, pooling")]
    public void Parse_OfAnythingElse_SaysWhatIsWrong(string text, string reason) =>
        FluentActions.Invoking(() => Space.Parse(text)).Should().Throw<ArchitectureFormatException>()
            .WithMessage($"'{text}' is no architecture of chosen: {reason}. Write for example 'width=8,pooling=max'.");

    [Fact]
    public void Values_AreFoundByName()
    {
        Architecture architecture = Space.Parse("width=32,pooling=average");
        Space.NumberOf(architecture, "width").Should().Be(32);
        Space.ValueOf(architecture, "width").Should().Be("32");
        Space.ValueOf(architecture, "pooling").Should().Be("average");
        FluentActions.Invoking(() => Space.NumberOf(architecture, "pooling")).Should().Throw<FormatException>();
        FluentActions.Invoking(() => Space.ValueOf(architecture, "depth")).Should().Throw<ArgumentException>()
            .WithMessage("chosen has no choice 'depth': it has width, pooling.*");
    }

    [Fact]
    public void ChoicesThatCannotBeWritten_SayWhatIsWrong()
    {
        FluentActions.Invoking(() => new Choice("a=b", 1)).Should().Throw<ArgumentException>().WithMessage("'a=b' has white space, '=' or ',' in it: write it without.*");
        FluentActions.Invoking(() => new Choice("a", "x y")).Should().Throw<ArgumentException>().WithParameterName("values");
        FluentActions.Invoking(() => new Choice("a", 1, 1)).Should().Throw<ArgumentException>().WithMessage("The choice 'a' needs at least one value, and all of them different.*");
        FluentActions.Invoking(() => new Choice("a", (int[])[])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Chosen(new Choice("a", 1), new Choice("a", 2))).Should().Throw<ArgumentException>().WithMessage("There are two choices named 'a'*");
    }

    [Fact]
    public void Describe_ThatIsNotOverridden_SaysWhatToWrite()
    {
        var space = new Chosen(new Choice("a", 1));
        FluentActions.Invoking(() => space.Describe(space.FromIndex(0), new NetworkShape())).Should().Throw<NotSupportedException>()
            .WithMessage("The space 'chosen' says nothing of its networks: override Describe, or implement IModuleSearchSpace.");
    }

    private sealed class Chosen(params Choice[] choices) : ChoiceSearchSpace("chosen", [.. choices]);
}
