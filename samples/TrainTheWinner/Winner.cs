using RankNas;
using RankNas.Images;
using RankNas.SearchSpaces;

namespace TrainTheWinner;

/// <summary>A brief search for something to train.</summary>
internal static class Winner
{
    /// <summary>Finds the best of a few architectures; killed and started again, it goes on where it was, thanks to the scores in the file.</summary>
    public static async Task<Architecture> FindAsync(CommandOptions options, CancellationToken cancellationToken)
    {
        var images = ProbeImages.FromFile(options.Images);
        SearchResult result = await NasBuilder.Create()
            .UseSpace(options.Space)
            .UseImages(images, Math.Min(128, images.Count))
            .UseRecommended()
            .WithBudget(options.Budget).WithSeed(options.Seed)
            .UseScoreStore(options.ScoresFile)
            .Build()
            .RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Console.WriteLine(result.ToText(top: 5));
        return result.Best.Architecture;
    }
}
