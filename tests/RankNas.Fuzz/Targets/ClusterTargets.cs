using System.Text;
using RankNas.Distributed.Protocol;
using RankNas.Distributed.Transport;
using RankNas.Graphs;
using RankNas.Scores;

namespace RankNas.Fuzz.Targets;

/// <summary>Messages of a cluster, of any member that can reach the broker.</summary>
internal static class ClusterTargets
{
    private const string Scope = """{"space":"nats-sss","shape":"3x32x32/10","images":"abc/64/none","initialization":"kaiming","precision":"float32","device":"cpu","seed":1,"repeat":0,"numerics":"engine2"}""";

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("cluster", Read, [typeof(InvalidDataException), typeof(GraphException)], InputFiles.Texts(
            $$"""A{"protocol":1,"version":"0.1.0","search":"s","workQueue":"w","replyQueue":"r","scope":{{Scope}},"proxies":[{"id":"naswot","direction":"HigherIsBetter","settings":""}],"hasLabels":true,"sendsGraphs":false,"timeLimitSeconds":5,"acceptsOtherNumerics":false,"usesKernels":true,"allowsTensorFloat32":false}""",
            $$"""U{"search":"s","items":[{"id":"i","request":{"scope":{{Scope}},"architecture":"8:8:8:8:8","proxies":[{"id":"naswot","direction":"HigherIsBetter","settings":""}]},"graph":null}]}""",
            """R{"search":"s","worker":"w","answers":[{"id":"i","outcome":{"scores":[1.5],"seconds":0.5}},{"id":"j","outcome":null,"trouble":"none"}]}""",
            """P{"protocol":1,"version":"0.1.0","worker":"w","machine":"m","numerics":"n","threads":2,"startedAt":"2025-01-01T00:00:00+00:00","architectures":1,"lastMinute":1,"failures":0,"searches":[{"search":"s","state":"Serving","reason":null,"inHand":1}],"isLeaving":false}""",
            """I{"search":"s","part":0,"parts":1,"data":"AAAA"}""",
            """W{"worker":"w","part":0}""",
            """O{"search":"s"}""",
            "S3x32x32/10\nabc/64/none")),
    ];

    // The first byte says the kind; S is the shape and the images of a scope.
    private static void Read(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var message = new ClusterMessage("some-kind", input.AsMemory(1));
        switch (input[0])
        {
            case (byte)'U':
                foreach (WorkItem item in Wire.ReadUnit(message).Items)
                {
                    Wire.IdOf(item.Request);
                    ScopeParts.Of(item.Request.Scope);
                    _ = item.Graph is { } graph ? NetworkGraph.FromJson(graph) : null;
                }

                break;
            case (byte)'R':
                Wire.ReadReply(message);
                break;
            case (byte)'P':
                Wire.ReadPresence(message);
                break;
            case (byte)'I':
                Wire.Read(message, ClusterJson.Default.ImagesPart);
                break;
            case (byte)'W':
                Wire.Read(message, ClusterJson.Default.ImagesWanted);
                break;
            case (byte)'O':
                Wire.Read(message, ClusterJson.Default.SearchOver);
                break;
            case (byte)'S':
                string[] lines = Encoding.UTF8.GetString(input.AsSpan(1)).Split('\n', 2);
                ScopeParts.Of(new ScoreScope("", lines[0], lines[^1], "", "", "", 0, 0));
                break;
            default:
                SearchAnnouncement announcement = Wire.Read(message, ClusterJson.Default.SearchAnnouncement);
                ScopeParts.Of(announcement.Scope);
                break;
        }
    }
}
