using System.Text;
using RankNas.NatsBench;
using RankNas.NatsBench.Files;
using RankNas.NatsBench.Pickle;
using RankNas.SearchSpaces;

namespace RankNas.Fuzz.Targets;

/// <summary>Pickles, and the benchmark's files made of them.</summary>
internal static class NatsBenchTargets
{
    private const string Architecture = "8:8:8:8:8";

    private static readonly NatsSizeSpace Space = new();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("pickle", Read, [typeof(InvalidDataException)], [.. Pickles().Select(Encoding.Latin1.GetBytes)]),
        new("bzip2", ReadPacked, [typeof(InvalidDataException)], [Convert.FromHexString("425a68313141592653597478db0f000019dbc07c60000150500040a8403c024000200021aa78a3d40dea9a0f4f542800c469a68d2266321e3305d386144c8b81701cdbe8aa5bb46d846939c2fc5dc914e14241d1e36c3c")]),
    ];

    private static void Read(byte[] input)
    {
        using var stream = new MemoryStream(input, writable: false);
        object? value = PickleReader.Read(stream, "some.pickle");
        NatsBenchFile file = NatsBenchFile.Of("some.pickle", value);
        var options = new NatsBenchOptions();
        Architecture architecture = Space.Parse(Architecture);
        file.RecordsOf(architecture, options);
        file.CurvesOf(architecture, options);
    }

    private static void ReadPacked(byte[] input) => PickleFile.Read(InputFiles.Write("some.pickle.pbz2", input));

    private static IEnumerable<string> Pickles()
    {
        yield return "\u0080\u0002}q\u0000(K\u0001]q\u0001(K\u0002G?\u00f0\u0000\u0000\u0000\u0000\u0000\u0000eX\u0003\u0000\u0000\u0000abcq\u0002\u0086q\u0003u.";
        yield return "(dp0\nI1\n(lp1\nI2\naF1.5\nasVabc\np2\n(g1\nL12345678901234567890L\ntp3\ns.";
        yield return "\u0080\u0004\u0095\u0010\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u008f\u0094(K\u0001\u008c\u0001x\u0094C\u0002ab\u0090(NK\u0005\u0091\u0086\u0088\u0089\u0087.";
        yield return "\u0080\u0002cnumpy.core.multiarray\nscalar\nq\u0000cnumpy\ndtype\nq\u0001X\u0002\u0000\u0000\u0000f8q\u0002K\u0000K\u0001\u0087q\u0003Rq\u0004(K\u0003X\u0001\u0000\u0000\u0000<q\u0005NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tq\u0006bC\b\u0000\u0000\u0000\u0000\u0000\u0000\u00f0?\u0086R.";
        yield return "\u0080\u0002ccollections\nOrderedDict\n)R(K\u0001K\u0002u.";
        yield return "}X\u0002\u0000\u0000\u000090}(" + Text("arch_str") + Text(Architecture)
            + Text("dataset_seed") + "}(" + Text("cifar10-valid") + "]K\u0007a" + Text("cifar10") + "]K\u0007au"
            + Text("all_results") + "}(" + Text("cifar10-valid") + "K\u0007\u0086" + Run("x-valid") + Text("cifar10") + "K\u0007\u0086" + Run("ori-test") + "uus.";
    }

    private static string Run(string set) => "}(" + Text("epochs") + "K\u0001" + Text("params") + "G?\u00f0\u0000\u0000\u0000\u0000\u0000\u0000" + Text("flop") + "K\u0002"
        + Text("latency") + "]G?\u00f0\u0000\u0000\u0000\u0000\u0000\u0000a" + Text("eval_acc1es") + "}" + Text($"{set}@0") + "K\u0032s" + Text("train_times") + "}K\u0000K\u0005s"
        + Text("eval_times") + "}" + Text($"{set}@0") + "K\u0005su";

    private static string Text(string text) => $"X{(char)text.Length}\0\0\0{text}";
}
