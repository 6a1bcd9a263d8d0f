namespace RankNas.Fuzz.Tests;

/// <summary>What eng/fuzz.sh does for hours, for a moment: the corpus, and changes of it that are the same in every run.</summary>
public class FuzzTargetTests
{
    private const int Inputs = 1500;

    // What makes fewer inputs of a slow reader is a clock, which no result depends on while all inputs pass.
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Names { get; } = [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Seeds_AreRead(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name);

        // A pickle is of the benchmark only where it has a training: the others are values of every kind.
        target.Seeds.Select(target.Check).Where(refusal => refusal?.Contains("is no file of NATS-Bench", StringComparison.Ordinal) != true)
            .Should().NotBeEmpty().And.OnlyContain(refusal => refusal == null);
    }

    [Fact]
    public void Finds_AreReadOrRefused()
    {
        foreach (FuzzTarget target in FuzzTargets.All)
        {
            foreach (byte[] input in target.Finds)
            {
                EndsInTime(target, input).Should().BeTrue("{0} of {1}", Convert.ToHexString(input), target.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ChangedSeeds_AreReadOrRefusedInTimeAndWithinMemory(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name);
        byte[][] seeds = [.. target.Seeds, .. target.Finds];
        var random = new Random(1);
        long end = Environment.TickCount64 + (long)Share.TotalMilliseconds;
        for (int count = 0; count < Inputs && Environment.TickCount64 < end; count++)
        {
            byte[] input = Mutation.Of(seeds, random);

            EndsInTime(target, input).Should().BeTrue("input {0} is {1}", count, Convert.ToHexString(input));
        }
    }

    [Fact]
    public void Check_BrokenPromise_IsFound()
    {
        FuzzTarget Of(Action<byte[]> read) => new("some", read, [typeof(InvalidDataException)], []);

        Of(_ => throw new InvalidOperationException("x")).Invoking(target => target.Check([])).Should().Throw<FuzzFailedException>().WithMessage("*InvalidOperationException*");
        Of(_ => throw new InvalidDataException("two\nlines")).Invoking(target => target.Check([])).Should().Throw<FuzzFailedException>();
        Of(_ => throw new InvalidDataException("")).Invoking(target => target.Check([])).Should().Throw<FuzzFailedException>();
        Of(_ => GC.KeepAlive(new byte[100 << 20])).Invoking(target => target.Check([1])).Should().Throw<FuzzFailedException>().WithMessage("*memory*");
        Of(_ => throw new InvalidDataException("one")).Check([]).Should().Be("one");
        Of(_ => { }).Check([]).Should().BeNull();
    }

    // On a thread of its own, which is given up where it does not end.
    private static bool EndsInTime(FuzzTarget target, byte[] input) => Task.Run(() => target.Check(input)).Wait(Patience);
}
