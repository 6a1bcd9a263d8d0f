using System.Globalization;
using RankNas;
using RankNas.SearchSpaces;
using RankNas.Soak;

// One long search in one process, and the memory that it holds on the way: dotnet run -c Release --project bench/RankNas.Soak -- [ARCHITECTURES] [SPACE] [BATCH]
int architectures = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
ISearchSpace space = SpaceCatalog.Create(args.Length > 1 ? args[1] : NatsSizeSpace.Name);
int batch = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 4;

Console.WriteLine(await SearchAsync().ConfigureAwait(false));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Without the result: {GC.GetTotalMemory(forceFullCollection: true) / 1e6:0.0} MB managed"));

async Task<string> SearchAsync()
{
    SearchResult result = await NasBuilder.Create()
        .UseSpace(space)
        .AddNoiseImmunity().AddNaswot().AddLogSynFlow()
        .UseRandomSearch()
        .WithBudget(architectures).WithBatchSize(batch).WithSeed(1).WithWorkers(1)
        .UseProgress(new MemoryLog(every: 500))
        .Build()
        .RunAsync();

    int failed = result.History.Count(scored => scored.Scores.Any(score => score.Failure is not null));
    return string.Create(
        CultureInfo.InvariantCulture, $"{result.History.Length} architectures of {space.Id}, batch {batch}, in {result.Elapsed.TotalSeconds:0} s; {failed} with a failed score; best {result.Best.Architecture.Text}");
}
