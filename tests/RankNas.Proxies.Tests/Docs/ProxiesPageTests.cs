using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Docs;

public class ProxiesPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "proxies.md"));

    [Fact]
    public void TheExample_IsTheOneThatIsCompiledHere()
    {
        const string Declaration = "public sealed class MeanActivation";
        string code = File.ReadAllText(Repository.PathOf("tests", "RankNas.Proxies.Tests", "Docs", "MeanActivation.cs"));
        Page.Should().Contain(code[code.IndexOf(Declaration, StringComparison.Ordinal)..]);
    }

    [Fact]
    public void TheExample_ScoresANetwork()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.ReLU());
        using var batch = new ProbeBatch(full([2, 3, 4, 4], -2.5f));
        new MeanActivation().Score(network, batch).Should().Be(0);
    }

    [Fact]
    public void ThePage_NamesEveryProxy() =>
        BuiltIn.All.Append(new SkipDepth()).Select(proxy => $"`{proxy.Id}`").Should().OnlyContain(id => Page.Contains(id, StringComparison.Ordinal));
}
