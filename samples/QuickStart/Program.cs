using RankNas;
using RankNas.Images;

// Real images where a file is given (-- --images cifar-10-batches-bin/data_batch_1.bin), else made-up ones.
ProbeImages images = args is ["--images", var file] ? ProbeImages.FromFile(file) : ProbeImages.Synthetic();

SearchResult result = await NasBuilder.Create()
    .UseNatsTopology()
    .UseImages(images, batchSize: 128)
    .AddNoiseImmunity().AddNaswot().AddLogSynFlow()
    .UseRandomSearch()
    .WithBudget(64).WithSeed(1)
    .Build()
    .RunAsync();

Console.WriteLine(result.ToText(top: 10));
Console.WriteLine($"{result.Evaluations} architectures in {result.Elapsed.TotalSeconds:F1} s on {result.Images.Description}.");
