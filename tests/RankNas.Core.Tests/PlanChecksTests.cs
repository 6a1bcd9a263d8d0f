using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.Scores;
using static TorchSharp.torch;

namespace RankNas.Core.Tests;

/// <summary>What does not fit is told by Build at the latest.</summary>
public class PlanChecksTests
{
    [Fact]
    public void Build_AProxyThatDoesNotSayWhatItIs_IsNamed()
    {
        int asked = 0;
        foreach ((IZeroCostProxy proxy, string message) in ((IZeroCostProxy, string)[])
        [
            (new Described(() => throw new KeyNotFoundException("Lost.")), "The proxy Described does not say what it is: Lost."),
            (new Described(() => null), "The proxy Described has no name: its name is null."),
            (new Described(() => " "), "The proxy Described has no name: its name is ' '."),
            (new Described(() => "a\u001b[31mb"), "The proxy Described has no name: its name is 'a\\u{1b}[31mb'."),
            (new Described(() => $"p{asked++}"), "The proxy Described has one name, 'p0', and then another: it must not change."),
            (new Described(() => "p") { SettingsOf = () => null }, "The proxy 'p' has null for its settings: where there are none, they are empty."),
            (new Described(() => "p") { SettingsOf = () => $"{asked++}" }, "The proxy 'p' has settings that change from one time to the next*"),
            (new Described(() => "p") { SettingsOf = () => throw new KeyNotFoundException("Lost.") }, "The proxy Described does not say what it is: Lost."),
            (new Described(() => "p") { DirectionOf = () => (ScoreDirection)7 }, "The proxy 'p' has the direction 7: it is HigherIsBetter or LowerIsBetter."),
            (new Described(() => "p") { DirectionOf = () => throw new KeyNotFoundException("Lost.") }, "The proxy Described does not say what it is: Lost."),
        ])
        {
            FluentActions.Invoking(() => Searches.Tiny().AddProxy(proxy).Build()).Should().Throw<InvalidOperationException>().WithMessage(message);
        }
    }

    [Fact]
    public async Task AProxyThatSaysSomethingElseLater_IsWhatItSaidAtFirst()
    {
        bool isLater = false;
        var proxy = new Described(() => isLater ? "other" : "p") { DirectionOf = () => isLater ? ScoreDirection.LowerIsBetter : ScoreDirection.HigherIsBetter };
        NasExperiment experiment = Searches.Tiny().AddProxy(proxy).WithBudget(2).Build();
        isLater = true;

        SearchResult result = await experiment.RunAsync(TestContext.Current.CancellationToken);

        result.Proxies.Should().Equal(new ProxyDescriptor("p", "", ScoreDirection.HigherIsBetter));
        result.History.Should().OnlyContain(evaluated => evaluated.Scores[0] == Score.Of(1));
    }

    [Fact]
    public void Build_APartWithoutAName_IsNamed()
    {
        FluentActions.Invoking(() => Searches.Tiny().AddProxy(new InputSum()).UseSpace(new FaultySpace { IdOf = () => throw new KeyNotFoundException("Lost.") }).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("The space FaultySpace does not say what it is: Lost.");
        FluentActions.Invoking(() => Searches.Tiny().AddProxy(new InputSum()).UseStrategy(new FunctionStrategy((_, _) => null, id: "")).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("The strategy FunctionStrategy has no name: its name is ''.");
    }

    [Fact]
    public void NumbersBeyondReason_AreRefusedWithTheLimit()
    {
        NasBuilder builder = NasBuilder.Create();
        builder.Invoking(b => b.WithWorkers(int.MaxValue)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("workers is 2147483647: it must be at most 1,024.*");
        builder.Invoking(b => b.WithRepeats(int.MaxValue)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("repeats is 2147483647: it must be at most 10,000.*");
        FluentActions.Invoking(() => new NetworkShape { Classes = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Classes is 2147483647: it must be from 1 to 1,000,000.*");
        FluentActions.Invoking(() => new NetworkShape { Width = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Width is 2147483647: it must be from 1 to 65,536.*");
    }

    [Fact]
    public void Build_ABatchThatDoesNotFitInMemory_NamesTheLimit()
    {
        FluentActions.Invoking(() => NasBuilder.Create().UseSpace(new TinySpace()).UseStrategy(new TakeFirst()).AddProxy(new InputSum())
            .WithBatchSize(int.MaxValue).Build()).Should().Throw<InvalidOperationException>()
            .WithMessage("A batch of 2,147,483,647 images of 3x32x32 takes * GB or more, and this process may have * GB: call WithBatchSize(*) or less.");
        FluentActions.Invoking(() => NasBuilder.Create().UseSpace(new TinySpace()).UseStrategy(new TakeFirst()).AddProxy(new InputSum())
            .UseImages(ProbeImages.Synthetic(shape: new NetworkShape { Height = 65_536, Width = 65_536 }, count: 2), 2).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("One image of 3x65536x65536 takes 412.3 GB or more, and this process may have * GB: use smaller images.");
    }

    [Fact]
    public async Task WithBudget_WithoutLimit_ScoresTheWholeSpace()
    {
        SearchResult result = await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithBudget(int.MaxValue).Build()
            .RunAsync(TestContext.Current.CancellationToken);
        result.Evaluations.Should().Be(27);
    }

    private sealed class Described(Func<string?> id) : IZeroCostProxy
    {
        public Func<string?> SettingsOf { get; init; } = () => "";

        public Func<ScoreDirection> DirectionOf { get; init; } = () => ScoreDirection.HigherIsBetter;

        public string Id => id()!;

        public string Settings => SettingsOf()!;

        public ScoreDirection Direction => DirectionOf();

        public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => 1;
    }
}
