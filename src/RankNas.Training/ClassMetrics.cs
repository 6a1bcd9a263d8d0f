namespace RankNas.Training;

/// <summary>How well one class is recognised.</summary>
/// <param name="Name">The class.</param>
/// <param name="Images">How many images it has.</param>
/// <param name="Predicted">How many images were taken for it.</param>
/// <param name="Right">How many of its images were taken for it.</param>
public sealed record ClassMetrics(string Name, int Images, int Predicted, int Right)
{
    /// <summary>Gets the share of what was taken for this class that is of it, from 0 to 1; 0 where nothing was.</summary>
    public double Precision => Share(Right, Predicted);

    /// <summary>Gets the share of its images that were recognised, from 0 to 1, which is the accuracy on this class; 0 where it has none.</summary>
    public double Recall => Share(Right, Images);

    /// <summary>Gets the harmonic mean of precision and recall, from 0 to 1.</summary>
    public double F1 => Share(2 * Right, Images + Predicted);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
