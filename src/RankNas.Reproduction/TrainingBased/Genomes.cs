namespace RankNas.Reproduction.TrainingBased;

/// <summary>What searches that model the genome share.</summary>
internal static class Genomes
{
    private const int MostDraws = 100_000;

    public static GenomeSearchSpace Of(SimulatedTraining training, string search)
    {
        ArgumentNullException.ThrowIfNull(training);
        return training.Space as GenomeSearchSpace
            ?? throw new ArgumentException($"The search '{search}' models genes, and {training.Space.Id} has none.", nameof(training));
    }

    public static Architecture DrawViable(GenomeSearchSpace space, Func<int[]> draw)
    {
        for (int attempt = 0; attempt < MostDraws; attempt++)
        {
            Architecture drawn = space.Create(draw());
            if (space.IsViable(drawn))
            {
                return drawn;
            }
        }

        throw new InvalidOperationException($"In {MostDraws:N0} draws no viable architecture of {space.Id} came up.");
    }
}
