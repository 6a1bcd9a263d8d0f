using YamlDotNet.RepresentationModel;

namespace RankNas.Distributed.Tests;

/// <summary>The files of samples/cluster are YAML, and name what the tool has. They were never run here.</summary>
public class ClusterSampleTests
{
    [Fact]
    public void Compose_IsYaml_AndStartsTheToolsWorker()
    {
        var compose = (YamlMappingNode)Documents("compose.yaml").Should().ContainSingle().Subject;
        var worker = (YamlMappingNode)compose["services"]["worker"];

        worker["command"][0].ToString().Should().Be("worker");
        worker["environment"]["RANKNAS_CLUSTER"].ToString().Should().StartWith("amqp://");
        compose["services"]["broker"]["ports"][0].ToString().Should().StartWith("127.0.0.1:", "without TLS it is for this machine alone");
    }

    [Fact]
    public void Kubernetes_IsYaml_AndScalesByTheNamesOfQueues()
    {
        YamlNode[] documents = [.. Documents("kubernetes.yaml")];

        documents.Select(document => document["kind"].ToString()).Should().Equal("Deployment", "ScaledObject");
        YamlNode container = documents[0]["spec"]["template"]["spec"]["containers"][0];
        container["args"][0].ToString().Should().Be("worker");
        ((YamlSequenceNode)container["env"]).Select(variable => variable["name"].ToString()).Should().Contain("RANKNAS_CLUSTER");
        documents[1]["spec"]["scaleTargetRef"]["name"].Should().Be(documents[0]["metadata"]["name"]);
        "ranknas.work.0123456789abcdef".Should().MatchRegex(documents[1]["spec"]["triggers"][0]["metadata"]["queueName"].ToString());
    }

    private static IEnumerable<YamlNode> Documents(string file)
    {
        using var reader = new StreamReader(Repository.PathOf(Path.Combine("samples", "cluster", file)));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }
}
