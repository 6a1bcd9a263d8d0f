using RankNas.Latency;
using RankNas.NatsBench;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Fuzz.Targets;

/// <summary>Tables: accuracies, latencies, scores.</summary>
internal static class TableTargets
{
    private const string Scores = "Space,Architecture,Proxy,Settings,Kind,Value,Failure,Seconds,Shape,Images,Initialization,Precision,Device,Seed,Repeat,Numerics\n";

    private static readonly NatsSizeSpace Space = new();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("accuracies", ReadAccuracies, [typeof(InvalidDataException), typeof(FormatException)], InputFiles.Texts(
            "\narch,index,c10_valid,c10_test\n8:8:8:8:8,0,90.5,91.25\n\"64:8:16:8:8\",7,80,81\n",
            "architecture=net,flowers=val/tst,separator=semicolon\nnet;val;tst\r\n8:8:8:8:8;70.5;71.25\r\n",
            "index=number,flowers=/tst,unit=fraction\nnumber,tst\n0,1.2e-1\n")),
        new("latencies", input => LatencyTable.ReadCsv(InputFiles.Write("latencies.csv", input), "ms", Space, index => index < Space.Count ? Space.FromIndex(index) : null),
            [typeof(InvalidDataException)], InputFiles.Texts("arch,ms\n8:8:8:8:8,1.5\n8:8:8:8:16,\n", "index,ms\n3,0\n4,2e1\n")),
        new("scores-csv", input => Import("scores.csv", input), [typeof(InvalidDataException)], InputFiles.Texts(
            Scores + "nats-sss,8:8:8:8:8,naswot,,finite,1.5,,0.01,3x32x32/10,abc/64/none,kaiming,float32,cpu,1,0,engine2\n",
            Scores + "nats-sss,8:8:8:8:8,naswot,\"a,b\",failed,,\"it broke\",0,3x32x32/10,abc/64/none,kaiming,float32,cpu,-1,1,engine2\n")),
        new("scores-jsonl", input => Import("scores.jsonl", input), [typeof(InvalidDataException)], InputFiles.Texts(
            """{"space":"nats-sss","architecture":"8:8:8:8:8","proxy":"naswot","settings":"","kind":"infinite","value":"-Infinity","failure":null,"seconds":0.5,"shape":"3x32x32/10","images":"abc/64/none","initialization":"kaiming","precision":"float32","device":"cpu","seed":1,"repeat":0,"numerics":"engine2"}""" + "\n\n")),
    ];

    // The first line names the columns; an empty one leaves them to the reader.
    private static void ReadAccuracies(byte[] input)
    {
        int end = Math.Max(0, input.AsSpan().IndexOf((byte)'\n'));
        string columns = System.Text.Encoding.UTF8.GetString(input.AsSpan(0, end));
        AccuracyTable table = AccuracyTable.ReadCsv(
            InputFiles.Write("accuracies.csv", input.AsSpan(Math.Min(input.Length, end + 1))), Space, columns.Length == 0 ? null : AccuracyColumns.Parse(columns));
        foreach (Architecture architecture in table.Architectures)
        {
            FuzzFailedException.ThrowUnless(
                table.Find(architecture)!.Values.All(accuracy => (accuracy.Validation ?? 0) is >= 0 and <= 100 && (accuracy.Test ?? 0) is >= 0 and <= 100), "An accuracy is not from 0 to 100 %.");
        }
    }

    private static void Import(string name, byte[] input)
    {
        var store = new CollectingStore();
        store.ImportAsync(InputFiles.Write(name, input)).GetAwaiter().GetResult();
        string again = InputFiles.Write($"again-{name}", []);
        store.ExportAsync(again).GetAwaiter().GetResult();
        var copy = new CollectingStore();
        copy.ImportAsync(again).GetAwaiter().GetResult();
        FuzzFailedException.ThrowUnless(copy.Scores.SequenceEqual(store.Scores), "Scores that were exported are not those that are imported.");
    }

    private sealed class CollectingStore : IScoreStore
    {
        public List<StoredScore> Scores { get; } = [];

        public ValueTask AddAsync(IReadOnlyCollection<StoredScore> scores, CancellationToken cancellationToken = default)
        {
            Scores.AddRange(scores);
            return ValueTask.CompletedTask;
        }

        public IAsyncEnumerable<StoredScore> ReadAllAsync(CancellationToken cancellationToken = default) => Scores.ToAsyncEnumerable();

        public ValueTask<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(
            ScoreScope scope, IReadOnlyCollection<string> architectures, IReadOnlyCollection<ProxyDescriptor> proxies, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
