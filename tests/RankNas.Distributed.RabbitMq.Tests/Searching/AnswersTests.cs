using RankNas.Distributed.Searching;
using RankNas.Distributed.Transport;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.Distributed.Tests.Searching;

public class AnswersTests
{
    private static readonly EvaluationOutcome Outcome = new([Score.Of(1)], 0.1);

    [Fact]
    public void Take_AnswerToWhatIsKept_IsOfNoUseAtOnce()
    {
        var answers = new Answers(mostUnclaimed: 10);
        (Settlement first, Settlement second) = (Of(new Delivery()), Of(new Delivery()));
        answers.Ask(Asked("a"), out bool hasToBeSent);
        hasToBeSent.Should().BeTrue();

        answers.Take("a", Outcome, first).Should().BeNull();
        answers.Take("a", Outcome, second).Should().Be(second, "one answer is enough");
        answers.Kept("a").Should().Be(first);
        answers.Take("a", Outcome, second).Should().Be(second, "the store has it");
    }

    [Fact]
    public void Take_MoreThanAnybodyAsksFor_ForgetsTheOldest()
    {
        var answers = new Answers(mostUnclaimed: 3);
        Settlement[] settlements = [.. Enumerable.Range(0, 5).Select(_ => Of(new Delivery()))];

        for (int answer = 0; answer < 5; answer++)
        {
            answers.Take($"{answer}", Outcome, settlements[answer]).Should().Be(answer < 3 ? null : settlements[answer - 3]);
        }

        answers.Ask(Asked("4"), out bool isNew);
        isNew.Should().BeFalse("its answer is here");
        answers.Ask(Asked("0"), out isNew);
        isNew.Should().BeTrue("its answer was forgotten");
    }

    [Fact]
    public void Ask_TheSameTwice_IsOneRequest()
    {
        var answers = new Answers(mostUnclaimed: 3);
        Asked first = Asked("a");

        answers.Ask(first, out _);
        answers.Ask(Asked("a"), out bool isNew).Should().BeSameAs(first);
        isNew.Should().BeFalse();
        answers.Waiting.Should().Be(1);
    }

    [Fact]
    public async Task Settlement_SeveralAnswers_AcknowledgesAfterTheLast()
    {
        var delivery = new Delivery();
        var settlement = new Settlement(delivery, answers: 2);

        await settlement.SettleOneAsync();
        delivery.Acknowledged.Should().Be(0);
        await settlement.SettleOneAsync();
        delivery.Acknowledged.Should().Be(1);
    }

    private static Settlement Of(ClusterDelivery delivery) => new(delivery, answers: 1);

    private static Asked Asked(string id) => new(id, new EvaluationRequest(
        new ScoreScope("space", "3x32x32/10", "0/8/gaussian", "default", "float32", "cpu", 0, 0), id, [new ProxyDescriptor("naswot", "", ScoreDirection.HigherIsBetter)]), graph: null);

    private sealed class Delivery : ClusterDelivery
    {
        public int Acknowledged { get; private set; }

        public override ClusterMessage Message { get; } = new("reply", default);

        public override bool IsDeadLetter => false;

        public override ValueTask AcknowledgeAsync()
        {
            Acknowledged++;
            return ValueTask.CompletedTask;
        }

        public override ValueTask RejectAsync() => ValueTask.CompletedTask;
    }
}
