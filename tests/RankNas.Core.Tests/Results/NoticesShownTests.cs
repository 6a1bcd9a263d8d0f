using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using RankNas.Core.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;

namespace RankNas.Core.Tests.Results;

public class NoticesShownTests
{
    private const string Meaningless = "The ranking means nothing: no proxy told the 3 architectures apart.";
    private const string Equal = "flat<b>_ gave 1 for all 3 architectures: it tells none of them apart, and adds the same to every total. Leave it out.";

    [Fact]
    public async Task ToText_Notices_ComeBeforeTheTable() => (await SearchAsync()).ToText().ReplaceLineEndings("\n")
        .Should().StartWith($"Notice: {Meaningless}\nNotice: {Equal}\n\n");

    [Fact]
    public async Task ToMarkdown_Notices_AreEscaped() => (await SearchAsync()).ToMarkdown().ReplaceLineEndings("\n")
        .Should().StartWith($"- **Notice:** {Meaningless}\n- **Notice:** flat\\<b\\>\\_ gave 1 ").And.Contain("\n\n| ");

    [Fact]
    public async Task ToHtml_Notices_AreEscapedWithinOneElement()
    {
        var shown = XElement.Parse((await SearchAsync()).ToHtml());

        shown.Name.LocalName.Should().Be("div");
        shown.Element("ul")!.Elements("li").Select(notice => notice.Value).Should().Equal(Meaningless, Equal);
        shown.Element("table").Should().NotBeNull();
        shown.Descendants("b").Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_Notices_AreWarningsInTheLog()
    {
        var log = new EventLog();
        await SearchAsync(log);

        log.Events.Where(logged => logged.Level == LogLevel.Warning).Select(logged => logged.Message)
            .Should().Equal($"{Meaningless} (ranking-meaningless)", $"{Equal} (scores-equal)");
    }

    [Fact]
    public async Task RunAsync_Cancelled_HasNoticesToo()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var log = new EventLog();
        SearchResult result = await SearchAsync(log, cancellation);

        result.IsCancelled.Should().BeTrue();
        result.Notices[0].Code.Should().Be(SearchNoticeCodes.RankingMeaningless);
        log.Events.Count(logged => logged.Level == LogLevel.Warning).Should().Be(2);
    }

    [Fact]
    public async Task NoticesOf_ScoredArchitectures_SaysWhatTheyAreWorth()
    {
        await using ArchitectureScorer scorer = Builder(null).BuildScorer();
        IReadOnlyList<ScoredArchitecture> scored = await scorer.ScoreAsync(
            [new TinySpace().FromIndex(0), new TinySpace().FromIndex(1), new TinySpace().FromIndex(2)], TestContext.Current.CancellationToken);

        scorer.NoticesOf(scored).Select(notice => notice.Message).Should().Equal(Meaningless, Equal);
    }

    private static async Task<SearchResult> SearchAsync(EventLog? log = null, CancellationTokenSource? cancellation = null) =>
        await Builder(log, cancellation).UseStrategy(new TakeFirst()).Build().RunAsync(cancellation?.Token ?? TestContext.Current.CancellationToken);

    private static NasBuilder Builder(EventLog? log, CancellationTokenSource? cancellation = null)
    {
        NasBuilder builder = NasBuilder.Create().UseSpace(new TinySpace()).AddProxy(new ScriptedProxy("flat<b>_")).WithBatchSize(1)
            .UseEvaluator(() => new ScriptedEvaluator((_, _) => Score.Of(1))).WithBudget(3);
        if (cancellation is not null)
        {
            builder.UseProgress(new CancelAt(3, cancellation)).WithBudget(20);
        }

        return log is null ? builder : builder.UseLoggerFactory(log);
    }

    private sealed class CancelAt(int evaluations, CancellationTokenSource cancellation) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value)
        {
            if (value.Evaluations == evaluations)
            {
                cancellation.Cancel();
            }
        }
    }

    private sealed class EventLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Message)> Events { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Events.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
