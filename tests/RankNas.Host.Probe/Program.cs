using RankNas;
using RankNas.Host.Probe;
using RankNas.SearchSpaces;
using RankNas.Torch;

// A host that looks at its process before and after a search: it writes both, one line for each thing, with an empty line between.
TorchRuntime.EnsureLoaded();
Write(HostState.Lines());
Console.WriteLine();
foreach (ISearchSpace space in (ISearchSpace[])[new NatsTopologySpace(), new NatsSizeSpace()])
{
    await NasBuilder.Create().UseSpace(space).AddNoiseImmunity().AddNaswot().AddLogSynFlow().AddSnip().UseRandomSearch()
        .WithBatchSize(32).WithBudget(6).WithSeed(1).Build().RunAsync().ConfigureAwait(false);
}

Write(HostState.Lines());

static void Write(IEnumerable<string> lines)
{
    foreach (string line in lines)
    {
        Console.WriteLine(line);
    }
}
