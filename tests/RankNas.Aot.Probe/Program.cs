// Prints what the libraries without tensors make of architectures, spaces, files and searches. eng/aot-check.sh runs it twice: by the JIT compiler, and
// compiled ahead of time. The two print the same.
//   RankNas.Aot.Probe TABLE.csv [FOLDER OF NATS-BENCH]
using System.Globalization;
using RankNas.Aot.Probe;
using RankNas.NatsBench;
using RankNas.SearchSpaces;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Spaces.Print();
Messages.Print();
await Searches.PrintAsync();
await Stores.PrintAsync();

var topology = new NatsTopologySpace();
Accuracies.Print(AccuracyTable.ReadCsv(args[0], topology), topology);
if (args.Length > 1)
{
    Accuracies.Print(NatsBenchFolder.Open(args[1], topology), topology);
}
