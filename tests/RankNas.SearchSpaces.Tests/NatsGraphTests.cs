using System.Security.Cryptography;
using System.Text;
using RankNas.Graphs;
using RankNas.Torch;
using TorchSharp;

namespace RankNas.SearchSpaces.Tests;

public sealed class NatsGraphTests
{
    private static readonly NetworkShape Shape = new();

    [Theory]
    [InlineData("nats-tss")]
    [InlineData("nats-sss")]
    public void Modules_have_the_parameters_that_their_graphs_say(string space)
    {
        GenomeSearchSpace searched = space == "nats-tss" ? new NatsTopologySpace() : new NatsSizeSpace();
        foreach (int index in Enumerable.Range(0, 12).Select(number => (number * 1301) + 7))
        {
            NetworkGraph graph = searched.Describe(searched.FromIndex(index), Shape);
            using GraphModule module = graph.ToModule();
            module.named_parameters().Select(named => (named.name, string.Join(',', named.parameter.shape)))
                .Should().Equal(graph.Parameters.Select(parameter => (parameter.Name, string.Join(',', parameter.Shape))));
        }
    }

    // Weights of seed 3, and logits of a ramp in float64: scores in stores and papers were computed with them.
    [Theory]
    [InlineData("|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|", "273176E9B8B9C3686850E7737ED2A4271486020D24EFE6E6F84602A9FDD2F585",
        -0.0744059285294432, -0.07713628822070454, -0.13148610832947388, -0.05702899691199681, -0.6532723761137771)]
    [InlineData("|nor_conv_3x3~0|+|avg_pool_3x3~0|none~1|+|none~0|none~1|none~2|", "413B1681023CC481E5B559BAF46898D81DCC98A770358E84E96E334C0BBACDD4",
        -0.005034267902374268, -0.10675354301929474, -0.11860500276088715, -0.005765587091445923, -0.11565248668193817)]
    [InlineData("8:24:40:16:64", "1A443EF493E15343B919076CD759DD2C352D7651C636B038007D259246612FDE",
        -0.19022971222981136, -0.036795349164057356, -0.21460935033153428, -0.08370571282551287, -0.5742942989079594)]
    public void Weights_and_logits_are_as_ever(string text, string hash, params double[] logits)
    {
        GenomeSearchSpace space = text.Contains('|') ? new NatsTopologySpace() : new NatsSizeSpace();
        using var scope = torch.NewDisposeScope();
        using IDisposable guard = torch.no_grad();
        using GraphModule module = space.Describe(space.Parse(text), Shape).ToModule(seed: 3);
        HashOf(module).Should().Be(hash);
        module.to(torch.ScalarType.Float64);
        torch.Tensor images = torch.linspace(-1, 1, 4 * 3 * 32 * 32, dtype: torch.ScalarType.Float32, device: torch.CPU).reshape(4, 3, 32, 32);

        torch.Tensor actual = module.call(images.to(torch.ScalarType.Float64))[0];

        actual.data<double>().Take(logits.Length).Zip(logits).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
    }

    private static string HashOf(GraphModule module)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, torch.Tensor parameter) in module.named_parameters().OrderBy(named => named.name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(parameter.bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
