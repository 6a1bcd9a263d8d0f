using RankNas.Constraints;
using RankNas.Core.Tests.Support;
using RankNas.Latency;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Latency;

public sealed class LatencyTableTests : IDisposable
{
    private static readonly TinySpace Space = new();
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void ReadCsv_ByArchitecture_LeavesOutRowsWithoutALatency()
    {
        LatencyTable table = Read("arch,pi,gpu\n0-0-0,1.5,2\n0-0-1,,3\n");
        table.MillisecondsOf(Space.Parse("0-0-0")).Should().Be(1.5);
        table.Architectures.Should().Equal(Space.Parse("0-0-0"));
        table.Description.Should().Be($"pi of {Path.GetFileName(_path)}");
        table.Contains(Space.Parse("0-0-1")).Should().BeFalse();
        FluentActions.Invoking(() => table.MillisecondsOf(Space.Parse("0-0-1"))).Should().Throw<KeyNotFoundException>()
            .WithMessage("The latency of 0-0-1 is not known: pi of * has 1 architectures. Search only these: AddConstraint(*");
    }

    [Fact]
    public void ReadCsv_ByIndex_TakesTheNumbersOfWhoeverKnowsThem()
    {
        LatencyTable table = Read("index,flops,pi\n2,9,1.25\n0,9,4e-1\n", index => index <= 2 ? Space.FromIndex(2 - index) : null);
        table.MillisecondsOf(Space.FromIndex(0)).Should().Be(1.25);
        table.MillisecondsOf(Space.FromIndex(2)).Should().Be(0.4);
    }

    [Theory]
    [InlineData("arch,gpu\n0-0-0,1\n", "it has no column 'pi': its header is arch,gpu")]
    [InlineData("name,pi\n0-0-0,1\n", "it has neither a column 'arch' nor 'index': its header is name,pi")]
    [InlineData("index,pi\n0,1\n", "it has the numbers of architectures only: say which these are by architectureAt*")]
    [InlineData("arch,pi\n0-0-0,1\n0-0-1,-1\n", "line 3: column 2 (pi): '-1' should be a number of milliseconds, at least 0")]
    [InlineData("arch,pi\n0-0-0,1\n0-0-0,2\n", "line 3: 0-0-0 has a latency already")]
    [InlineData("arch,pi\nno,1\n", "line 2: column 1 (arch): 'no' is no architecture of tiny*")]
    [InlineData("arch,pi\n0-0-0,\n", "its column 'pi' has no latency")]
    public void ReadCsv_OfSomethingElse_SaysWhatAndWhere(string text, string reason) =>
        FluentActions.Invoking(() => Read(text)).Should().Throw<InvalidDataException>().WithMessage($"'*' is no table of latencies: {reason}.");

    [Fact]
    public void ReadCsv_OfANumberThatNobodyKnows_IsRefused() =>
        FluentActions.Invoking(() => Read("index,pi\n7,1\n", _ => null)).Should().Throw<InvalidDataException>().WithMessage("*'7' is the number of no known architecture.");

    [Fact]
    public async Task AsAnObjectiveAndAsAConstraint_ItLeadsAndLimitsASearch()
    {
        var table = new LatencyTable("a phone", Enumerable.Range(0, 20).Select(index => KeyValuePair.Create(Space.FromIndex(index), 20.0 - index)));
        var admitted = new FunctionStrategy((context, token) => context.EvaluateAsync([.. Enumerable.Range(0, 27).Select(index => context.Space.FromIndex(index)).Where(context.Space.IsViable)], token));
        SearchResult result = await Searches.Tiny().UseStrategy(admitted).AddProxy(FunctionProxy.Parameters())
            .AddConstraint(candidate => table.Contains(candidate.Architecture), "a known latency").AddMaxLatency(TimeSpan.FromMilliseconds(12), table)
            .AddObjective(Objectives.Latency(table)).Build().RunAsync(TestContext.Current.CancellationToken);
        result.History.Should().HaveCount(12).And.OnlyContain(scored => scored.Objectives[0] == 20 - Space.IndexOf(scored.Architecture));
        result.Constraints[1].Should().Be("a latency of at most 12 ms for a phone");
        result.ParetoFront.Should().Contain(scored => scored.Objectives[0] == 1);

        await FluentActions.Awaiting(() => Searches.Tiny().UseStrategy(admitted).AddProxy(FunctionProxy.Parameters()).AddConstraint(new MaxLatency(TimeSpan.FromSeconds(1), table)).Build()
            .RunAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<SearchComponentException>().WithMessage("*The latency of * is not known*");
    }

    [Fact]
    public void ATableByHand_IsChecked()
    {
        FluentActions.Invoking(() => new LatencyTable("a phone", [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new LatencyTable("a phone", [KeyValuePair.Create(Space.FromIndex(0), double.NaN)])).Should().Throw<ArgumentException>().WithMessage("A table has at least one latency*");
    }

    [Fact]
    public void ALatencyOfZero_IsOne_AndOneThatIsNoNumberAmongOthersIsRefused()
    {
        (Architecture first, Architecture second) = (Space.FromIndex(0), Space.FromIndex(1));
        new LatencyTable("a phone", [KeyValuePair.Create(first, 0.0)]).MillisecondsOf(first).Should().Be(0);
        FluentActions.Invoking(() => new LatencyTable("a phone", [KeyValuePair.Create(first, 1.0), KeyValuePair.Create(second, -1.0)])).Should().Throw<ArgumentException>()
            .WithMessage("A table has at least one latency*");
    }

    [Fact]
    public void Null_IsRefusedByTheNameOfTheArgument()
    {
        var table = new LatencyTable("a phone", [KeyValuePair.Create(Space.FromIndex(0), 1.0)]);
        (Action Act, string Name)[] calls =
        [
            (() => _ = new LatencyTable(null!, []), "description"),
            (() => _ = new LatencyTable("a phone", null!), "milliseconds"),
            (() => LatencyTable.ReadCsv(_path, null!, Space), "column"),
            (() => LatencyTable.ReadCsv(_path, "pi", null!), "space"),
            (() => table.Contains(null!), "architecture"),
            (() => table.MillisecondsOf((Architecture)null!), "architecture"),
            (() => table.MillisecondsOf((ConstraintCandidate)null!), "candidate"),
        ];
        Array.ForEach(calls, call => call.Act.Should().Throw<ArgumentNullException>().WithParameterName(call.Name));
    }

    private LatencyTable Read(string text, Func<long, Architecture?>? architectureAt = null)
    {
        File.WriteAllText(_path, text);
        return LatencyTable.ReadCsv(_path, "pi", Space, architectureAt);
    }
}
