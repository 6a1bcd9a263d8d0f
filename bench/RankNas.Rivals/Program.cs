using RankNas.Images;
using RankNas.Rivals;
using RankNas.Tool.Bench.Contenders;

// Started by the tool's bench: NAME --space ID --batch N.
if (args is not [var name, "--space", var spaceId, "--batch", var number])
{
    Console.Error.WriteLine("This is a side of 'ranknas bench', which starts it: NAME --space SPACE --batch N.");
    return 2;
}

ISearchSpace space = SpaceCatalog.Create(spaceId);
int batch = int.Parse(number, CultureInfo.InvariantCulture);
ProbeImages images = ProbeImages.Synthetic(count: batch);
RivalContender? contender = name switch
{
    "literal" => new RivalContender(space, images, batch, channelsLast: false, Pipelines.Literal, workers: 1),
    "lean" => new RivalContender(space, images, batch, channelsLast: false, Pipelines.Lean, workers: 1),
    "floor-by-threads" => new RivalContender(space, images, batch, channelsLast: true, Pipelines.Bare, workers: 1),
    "floor-by-workers" => new RivalContender(space, images, batch, channelsLast: true, Pipelines.Bare, workers: Environment.ProcessorCount),
    _ => null,
};
if (contender is null)
{
    Console.Error.WriteLine($"There is no rival '{name}': literal, lean, floor-by-threads, floor-by-workers.");
    return 2;
}

await ContenderLoop.RunAsync(contender, space, Console.In, Console.Out, CancellationToken.None).ConfigureAwait(false);
return 0;
