using Microsoft.DotNet.Interactive.Formatting;
using RankNas.Core.Tests.Support;
using RankNas.Plotting.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Interactive.Tests;

[Collection(nameof(NotebookFormatters))]
public sealed class ProgressDisplayTests : IDisposable
{
    private readonly AsyncLocal<string?> _cell = new();
    private readonly Clock _clock = new();
    private readonly List<string> _shown = [];

    public void Dispose() => NotebookExtension.Load(() => CancellationToken.None, _ => _ => { });

    [Fact]
    public async Task AReport_IsShownAtOnce_ThenNowAndThen_AndTheLastAtTheEnd()
    {
        ScoredArchitecture latest = (await ExampleResults.Topology(1, (_, _) => Score.Of(1), "a")).Best;
        _cell.Value = "cell 1";
        var display = new ProgressDisplay(Show, _clock);
        Report(1);
        Report(2);
        _clock.Now += TimeSpan.FromSeconds(0.19);
        Report(3);
        _clock.Now += TimeSpan.FromSeconds(0.01);
        Report(4);
        Report(5);
        display.Finish();
        display.Finish();
        _shown.Should().Equal("display 1 in cell 1", "update 4 in cell 1", "update 5 in cell 1");

        void Report(int evaluations) => display.Report(new SearchProgress(evaluations, 77, 0, 0, TimeSpan.Zero, latest));
    }

    [Fact]
    public async Task AReport_OnAThreadOfNoCell_IsShownInTheCellThatStartedTheSearch()
    {
        ScoredArchitecture latest = (await ExampleResults.Topology(1, (_, _) => Score.Of(1), "a")).Best;
        _cell.Value = "cell 2";
        var display = new ProgressDisplay(Show, _clock);
        using (ExecutionContext.SuppressFlow())
        {
            var thread = new Thread(() => display.Report(new SearchProgress(1, 77, 0, 0, TimeSpan.Zero, latest)));
            thread.Start();
            thread.Join();
        }

        _shown.Should().Equal("display 1 in cell 2");
    }

    [Fact]
    public void WithoutAReport_NothingIsShown()
    {
        new ProgressDisplay(Show, _clock).Finish();
        _shown.Should().BeEmpty();
    }

    [Fact]
    public async Task RunInNotebook_TheNotebookStopsTheCell_TheSearchEndsWithTheBestSoFar()
    {
        using var cell = new CancellationTokenSource();
        NotebookExtension.Load(() => cell.Token, Show);
        SearchResult result = await NasBuilder.Create().UseSpace(new NatsTopologySpace()).WithBatchSize(1).UseStrategy(new TakeFirst()).WithBudget(77)
            .AddProxy(new ScriptedProxy("a"))
            .UseEvaluator(() => new ScriptedEvaluator((_, _) =>
            {
                cell.Cancel();
                return Score.Of(1);
            }))
            .RunInNotebookAsync(TestContext.Current.CancellationToken);

        result.IsCancelled.Should().BeTrue();
        result.Evaluations.Should().BeInRange(1, 76);
        _shown[^1].Should().StartWith($"{(_shown.Count == 1 ? "display" : "update")} {result.Evaluations} ");
    }

    [Fact]
    public async Task WithoutAKernel_TheFormattingLibraryShowsIt()
    {
        ScoredArchitecture latest = (await ExampleResults.Topology(1, (_, _) => Score.Of(1), "a")).Best;
        List<string> shown = [];
        using IDisposable subscription = Formatter.SubscribeToDisplayedValues(displayed => shown.Add($"{(displayed.IsUpdated ? "update" : "display")} {displayed.Value}"));
        Action<object> update = NotebookExtension.ShowByFormatter(new SearchProgress(1, 77, 0, 0, TimeSpan.Zero, latest));
        update(new SearchProgress(2, 77, 0, 0, TimeSpan.Zero, latest));
        shown.Should().Equal("display 1 of 77 architectures scored in 0:00:00.", "update 2 of 77 architectures scored in 0:00:00.");
    }

    private Action<object> Show(object value)
    {
        Add("display", value);
        return next => Add("update", next);

        void Add(string how, object progress) => _shown.Add($"{how} {((SearchProgress)progress).Evaluations} in {_cell.Value}");
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromSeconds(100);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
