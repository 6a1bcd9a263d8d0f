using System.Collections.Immutable;
using System.Threading.Channels;
using RankNas.Distributed.Protocol;
using RankNas.Distributed.Searching;
using RankNas.Distributed.Tests.Support;
using RankNas.Distributed.Transport;
using RankNas.Scores;
using RankNas.Scoring;
using static RankNas.Distributed.Tests.Support.Searches;

namespace RankNas.Distributed.Tests.Searching;

/// <summary>What workers went away with is sent by itself, whatever comes between. The test is the worker.</summary>
public sealed class SuspectTests : IAsyncLifetime
{
    private readonly InMemoryBroker _broker = new();
    private readonly Channel<ClusterDelivery> _units = Channel.CreateUnbounded<ClusterDelivery>();
    private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IClusterTransport? _worker;
    private EvaluatorSettings? _settings;
    private ClusterEvaluator? _search;
    private ImmutableArray<string> _architectures;
    private string? _held;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _architectures = [.. (await AloneAsync(30)).Ranked.Select(one => one.Architecture.Text)];
        await Builder(1).UseEvaluator((given, _) =>
        {
            _settings = given;
            return ValueTask.FromResult<IArchitectureEvaluator>(new FakeEvaluator());
        }).Build().RunAsync(Token);
        _search = await ClusterEvaluator.OpenAsync(new FaultyTransport(_broker.CreateTransport()) { OnSend = Hold }, _settings!, Cluster.Quick, Token);
        _worker = _broker.CreateTransport();
        await _worker.ReceiveAsync($"work.{_settings!.SearchKey}", 1000, isExclusive: false, delivery => _units.Writer.TryWrite(delivery), Token);

        // One answer, by which the search knows that requests are quick and may travel together.
        await AskAndAnswerAsync(29);
    }

    public async ValueTask DisposeAsync()
    {
        _goesOn.TrySetResult();
        await _search!.DisposeAsync();
        await _worker!.DisposeAsync();
    }

    [Fact]
    public async Task Suspect_WhoseAnswerIsNotTaken_IsSentAgainByItself()
    {
        Task marker = AskAsync(28);
        await NextAsync();
        Task<EvaluationOutcome> suspect = AskAsync(0);
        await (await NextAsync()).RejectAsync();
        (await NextUnitAsync()).Should().Equal(0);
        await HoldAsync(1);
        Task[] others = [.. Enumerable.Range(2, 8).Select(AskAsync)];

        // Replies are taken in their order: once the second is, so is the first.
        await ReplyAsync(new WorkAnswer(IdOf(0), Outcome: null, "The card has no memory."));
        await AnswerAsync(28);
        await marker;
        _goesOn.TrySetResult();

        var units = new List<ImmutableArray<int>>();
        while (units.Sum(unit => unit.Length) < 2 + others.Length)
        {
            units.Add(await NextUnitAsync());
        }

        units.Should().ContainSingle(unit => unit.Contains(0)).Which.Should().Equal(0);
        units.Should().Contain(unit => unit.Length > 1, "the others travel together");
        await AnswerAsync(0);
        (await suspect).Scores.Should().OnlyContain(score => score.Kind == ScoreKind.Finite);
    }

    [Fact]
    public async Task Suspect_ThatIsLost_IsSentAgainByItselfAfterTheOthers()
    {
        await SuspectTogetherAsync(0, 1, 2, 3);

        (await NextUnitAsync()).Should().Equal(0);
        await Cluster.UntilAsync(() => TellAsync(inHand: 0).IsCompleted && _units.Reader.TryPeek(out _));
        foreach (int next in (int[])[1, 2, 3, 0])
        {
            (await NextUnitAsync()).Should().Equal(next);
            await TellAsync(inHand: 1);
            await AnswerAsync(next);
        }
    }

    [Fact]
    public async Task Suspect_WhoseFormerUnitComesBackTwice_IsStillTriedByItself()
    {
        (ClusterDelivery copy, Task<EvaluationOutcome>[] asked) = await SuspectTogetherAsync(0, 1);

        (await NextUnitAsync()).Should().Equal(0);
        await copy.RejectAsync();
        await AnswerAsync(0);
        (await NextUnitAsync()).Should().Equal(1);
        await AnswerAsync(1);

        (await Task.WhenAll(asked)).Should().OnlyContain(outcome => outcome.Scores.All(score => score.Kind == ScoreKind.Finite));
        await AskAndAnswerAsync(2);
    }

    private static EvaluationOutcome Outcome(EvaluationRequest request) => new([.. request.Proxies.Select(_ => Score.Of(1))], 0.001);

    private ClusterMessage? Hold(string queue, ClusterMessage message)
    {
        if (message.Kind == MessageKinds.Unit && _held is { } held && Wire.ReadUnit(message).Items[0].Id == held)
        {
            _isHeld.TrySetResult();
            _goesOn.Task.Wait(TestContext.Current.CancellationToken);
        }

        return message;
    }

    // Until the search goes on, it sends nothing more but suspects.
    private async Task<Task<EvaluationOutcome>> HoldAsync(int number)
    {
        _held = IdOf(number);
        Task<EvaluationOutcome> asked = AskAsync(number);
        await _isHeld.Task.WaitAsync(Token);
        return asked;
    }

    // Has several requests in one unit, with which workers go away; a copy of it is still in hand.
    private async Task<(ClusterDelivery Copy, Task<EvaluationOutcome>[] Asked)> SuspectTogetherAsync(params int[] numbers)
    {
        Task<EvaluationOutcome> held = await HoldAsync(27);
        Task<EvaluationOutcome>[] asked = [.. numbers.Select(AskAsync)];
        Task<EvaluationOutcome>[] more = [.. Enumerable.Range(10, numbers.Length).Select(AskAsync)];
        _goesOn.TrySetResult();
        await NextAsync();
        ClusterDelivery together = await NextAsync();
        ItemsOf(together).Should().Equal(numbers);
        for (int left = more.Length; left > 0;)
        {
            left -= (await NextUnitAsync()).Length;
        }

        await AnswerAsync([27, .. Enumerable.Range(10, numbers.Length)]);
        await Task.WhenAll([held, .. more]);
        await _worker!.SendAsync($"work.{_settings!.SearchKey}", together.Message, Token);
        ClusterDelivery copy = await NextAsync();
        await together.RejectAsync();
        return (copy, asked);
    }

    private EvaluationRequest RequestOf(int number) => new(_settings!.Scope, _architectures[number], _settings.Proxies);

    private string IdOf(int number) => Wire.IdOf(RequestOf(number));

    private Task<EvaluationOutcome> AskAsync(int number) => _search!.EvaluateAsync(RequestOf(number), Token);

    private async Task AskAndAnswerAsync(int number)
    {
        Task asked = AskAsync(number);
        (await NextUnitAsync()).Should().Equal(number);
        await AnswerAsync(number);
        await asked;
    }

    private async Task<ClusterDelivery> NextAsync() => await _units.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token);

    // Takes a unit as lost; what it held is answered later or never.
    private async Task<ImmutableArray<int>> NextUnitAsync()
    {
        ClusterDelivery delivery = await NextAsync();
        await delivery.AcknowledgeAsync();
        return ItemsOf(delivery);
    }

    private ImmutableArray<int> ItemsOf(ClusterDelivery delivery) =>
        [.. Wire.ReadUnit(delivery.Message).Items.Select(item => _architectures.IndexOf(item.Request.Architecture))];

    private Task AnswerAsync(params int[] numbers) => ReplyAsync([.. numbers.Select(number => new WorkAnswer(IdOf(number), Outcome(RequestOf(number))))]);

    private Task ReplyAsync(params WorkAnswer[] answers) => _worker!.SendAsync(
        $"replies.{_settings!.SearchKey}", Wire.Write(MessageKinds.Reply, new WorkReply(_settings.SearchKey, "test", [.. answers]), ClusterJson.Default.WorkReply), Token);

    private Task TellAsync(int inHand) => _worker!.TellAsync(
        Topics.Workers,
        Wire.Write(
            MessageKinds.Presence,
            new WorkerPresence(
                Wire.Version, Wire.Product, "test", "here", "", 1, DateTimeOffset.UtcNow, 0, 0, 0, [new SearchService(_settings!.SearchKey, ServiceState.Serving, null, inHand)], false),
            ClusterJson.Default.WorkerPresence),
        Token);
}
