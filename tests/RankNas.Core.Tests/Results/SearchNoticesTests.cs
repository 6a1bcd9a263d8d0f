using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Results;

public class SearchNoticesTests
{
    [Fact]
    public void Of_ScoresThatTellArchitecturesApart_IsEmpty() =>
        NoticesOf(24, ("naswot", index => Score.Of(index)), ("params", index => Score.Of(-index))).Should().BeEmpty();

    [Fact]
    public void Of_NothingScored_IsEmpty() => NoticesOf(0, ("naswot", _ => Score.Of(1))).Should().BeEmpty();

    [Fact]
    public void Of_AProxyThatSawNothing_CountsItsNetworks() =>
        NoticesOf(24, ("naswot", _ => Score.Failed("naswot saw no ReLU")), ("params", index => Score.Of(index)))
            .Should().Equal(new SearchNotice("scores-failed", "In 24 of 24 networks, naswot saw no ReLU. Leave it out, or take a proxy that sees more."));

    [Fact]
    public void Of_AProxyThatSawNothingInAFew_IsALesserNotice() =>
        NoticesOf(24, ("naswot", index => index < 3 ? Score.Failed("naswot saw no ReLU") : Score.Of(index)))
            .Should().Equal(new SearchNotice("some-scores-failed", "In 3 of 24 networks, naswot saw no ReLU. These rank last by it."));

    [Fact]
    public void Of_MostScoresFailed_NamesAnExampleAndTheReasonThatIsThereMostOften() =>
        NoticesOf(24, ("grasp", index => index < 4 ? Score.Of(index) : Score.Failed(index == 4 ? "The proxy failed: once" : "The proxy failed: too deep")))
            .Should().Equal(new SearchNotice("scores-failed", "grasp failed on 20 of 24 architectures, such as a5: The proxy failed: too deep."));

    [Theory]
    [InlineData(12, "some-scores-failed")]
    [InlineData(13, "scores-failed")]
    public void Of_HalfFailed_AreSome(int failed, string code) =>
        NoticesOf(24, ("grasp", index => index < failed ? Score.Failed("No.") : Score.Of(index))).Should().ContainSingle().Which.Code.Should().Be(code);

    [Fact]
    public void Of_NetworksThatCannotBeBuilt_IsOneNoticeForAllProxies() =>
        NoticesOf(
            5, ("naswot", index => Broken(index)), ("logsynflow", index => Broken(index)), ("params", index => Broken(index)))
            .Should().Equal(new SearchNotice(
                "some-scores-failed", "naswot, logsynflow and params failed on 2 of 5 architectures, such as a0: The network could not be built: no."));

    [Fact]
    public void Of_MinusInfinityForAll_SaysWhatItMeans()
    {
        SearchNotice notice = NoticesOf(24, ("naswot", _ => Score.Of(double.NegativeInfinity)), ("params", index => Score.Of(index))).Single();

        notice.Code.Should().Be("scores-infinite");
        notice.Message.Should().StartWith("naswot gave −∞ for all 24 architectures. It tells none apart. ").And.EndWith(" Look for copies among the images.");
    }

    [Fact]
    public void Of_InfinityForMost_SaysForHowMany() =>
        NoticesOf(24, ("ntk", index => Score.Of(index < 13 ? double.PositiveInfinity : index)))
            .Should().ContainSingle().Which.Message.Should().StartWith("ntk gave +∞ for 13 of 24 architectures. It does not tell these apart");

    [Fact]
    public void Of_InfinityForTheOnlyOne_SaysWhatItMeans() =>
        NoticesOf(1, ("naswot", _ => Score.Of(double.NegativeInfinity)))
            .Should().ContainSingle().Which.Message.Should().StartWith("naswot gave −∞ for the only architecture. Look for");

    [Fact]
    public void Of_NothingFinite_IsToldHoweverFewAreInfinite() =>
        NoticesOf(24, ("naswot", index => index < 5 ? Score.Of(double.NegativeInfinity) : Score.Failed("No.")), ("params", index => Score.Of(index)))
            .Select(notice => notice.Code).Should().Equal("scores-failed", "scores-infinite");

    [Fact]
    public void Of_InfinityForAFew_IsAnAnswer() =>
        NoticesOf(24, ("naswot", index => Score.Of(index < 12 ? double.NegativeInfinity : index))).Should().BeEmpty();

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-23.025850929940457, "-23.0259")]
    public void Of_EqualScores_SaysThatTheyAddAConstant(double value, string text) =>
        NoticesOf(24, ("skip-depth", _ => Score.Of(value)), ("params", index => Score.Of(index))).Should().Equal(new SearchNotice(
            "scores-equal",
            $"skip-depth gave {text} for all 24 architectures: it tells none of them apart, and adds the same to every total. Leave it out."));

    [Theory]
    [InlineData(24, "gave 0 for all 24 architectures: it tells none of them apart, and adds the same to every total. ")]
    [InlineData(13, "gave 0 for 13 of 24 architectures: it does not tell these apart. ")]
    public void Of_ZeroByAProxyWithAHint_GivesIt(int zeros, string start) =>
        NoticesOf(24, ("noise-immunity-complexity", index => Score.Of(index < zeros ? 0 : index)), ("params", index => Score.Of(index))).Should().Equal(
            new SearchNotice(
                "scores-equal",
                $"noise-immunity-complexity {start}Take another form."));

    [Fact]
    public void Of_ZeroForHalf_IsAnAnswer() =>
        NoticesOf(24, ("noise-immunity-complexity", index => Score.Of(index < 12 ? 0 : index))).Should().BeEmpty();

    [Fact]
    public void Of_ScoresThatDifferByRoundingAlone_AreEqual() =>
        NoticesOf(3, ("sum", index => Score.Of(0.3 + index * 5e-17)), ("params", index => Score.Of(index)))
            .Should().ContainSingle().Which.Code.Should().Be("scores-equal");

    [Fact]
    public void Of_ScoresThatDifferALittle_AreNotEqual() =>
        NoticesOf(3, ("sum", index => Score.Of(1e6 + index * 1e-5))).Should().BeEmpty();

    [Fact]
    public void Of_EqualWhereTheyDidNotFail_IsToldToo() =>
        NoticesOf(4, ("moody", index => index == 0 ? Score.Failed("No.") : Score.Of(7)), ("params", index => Score.Of(index)))
            .Select(notice => notice.Code).Should().Equal("scores-equal", "some-scores-failed");

    [Fact]
    public void Of_OneArchitecture_CannotBeEqualToAnother() => NoticesOf(1, ("params", _ => Score.Of(5))).Should().BeEmpty();

    [Fact]
    public void Of_NoProxyToldAnythingApart_IsToldFirst() =>
        NoticesOf(8, ("moody", _ => Score.Failed("No.")), ("flat", _ => Score.Of(1)), ("naswot", _ => Score.Of(double.NegativeInfinity)))
            .Select(notice => notice.Code).Should().Equal("ranking-meaningless", "scores-failed", "scores-infinite", "scores-equal");

    [Fact]
    public void Of_EveryScoreFailed_IsToldFirst()
    {
        SearchNotice[] notices = NoticesOf(1, ("naswot", _ => Score.Failed("naswot saw no ReLU")));

        notices[0].Should().Be(new SearchNotice("ranking-meaningless", "The ranking means nothing: every score failed."));
        notices[1].Message.Should().StartWith("In 1 of 1 networks, naswot saw no ReLU");
    }

    [Fact]
    public void Of_HostileTexts_HaveNoControlCharactersAndAnEnd()
    {
        ScoredArchitecture[] evaluated =
        [
            new(new Architecture($"\u001b[31m{new string('a', 5000)}", [0]), [Score.Failed($"\u001b]0;title\u0007\n{new string('b', 5000)}")]),
        ];

        foreach (SearchNotice notice in SearchNotices.Of([Descriptor("x")], evaluated))
        {
            notice.Message.Should().NotContainAny("\u001b", "\u0007", "\n");
            notice.Message.Length.Should().BeLessThan(700);
        }
    }

    [Fact]
    public void Of_OtherProxiesThanThereAreScores_IsRefused() => FluentActions
        .Invoking(() => SearchNotices.Of([Descriptor("a"), Descriptor("b")], [new ScoredArchitecture(new Architecture("a0", [0]), [Score.Of(1)])]))
        .Should().Throw<ArgumentException>().WithMessage("a0 has 1 scores where there are 2 proxies.*");

    [Fact]
    public void Sorted_CodesOfOthers_ComeLastInTheirOrder() =>
        SearchNotices.Sorted([new("b", ""), new("a", ""), new("some-scores-failed", ""), new("ranking-meaningless", "")])
            .Select(notice => notice.Code).Should().Equal("ranking-meaningless", "some-scores-failed", "b", "a");

    private static Score Broken(int index) => index < 2 ? Score.Failed("The network could not be built: no") : Score.Of(index);

    private static string? HintFor(ProxyDescriptor proxy, double score) => (proxy.Id, score) switch
    {
        ("naswot", double.NegativeInfinity) => "Look for copies among the images.",
        ("noise-immunity-complexity", 0) => "Take another form.",
        _ => null,
    };

    private static SearchNotice[] NoticesOf(int architectures, params (string Id, Func<int, Score> ScoreOf)[] proxies) =>
    [
        .. SearchNotices.Of(
            [.. proxies.Select(proxy => Descriptor(proxy.Id))],
            [
                .. Enumerable.Range(0, architectures).Select(index => new ScoredArchitecture(
                    new Architecture($"a{index}", [index]), [.. proxies.Select(proxy => proxy.ScoreOf(index))])),
            ],
            HintFor),
    ];

    private static ProxyDescriptor Descriptor(string id) => new(id, "", ScoreDirection.HigherIsBetter);
}
