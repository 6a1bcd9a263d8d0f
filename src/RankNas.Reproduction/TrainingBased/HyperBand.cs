namespace RankNas.Reproduction.TrainingBased;

/// <summary>HyperBand's brackets of successive halving: from many short trainings to few long ones.</summary>
/// <remarks>Li et al., <em>Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization</em>, JMLR 2018, with the numbers of the program of BOHB, Falkner et
/// al., ICML 2018.</remarks>
internal static class HyperBand
{
    /// <summary>Gets the rungs of a bracket.</summary>
    /// <param name="iteration">The number of the bracket, from 0: the first begins with the shortest training.</param>
    /// <param name="least">The shortest training, in epochs.</param>
    /// <param name="most">The longest training, in epochs.</param>
    /// <param name="eta">One of so many goes on to the next rung, which trains so many times as long.</param>
    public static Rung[] BracketOf(int iteration, int least, int most, int eta)
    {
        int longest = 1;
        for (double budget = most; budget / eta >= least; budget /= eta)
        {
            longest++;
        }

        int halvings = longest - 1 - (iteration % longest);
        int first = longest / (halvings + 1) * (int)Math.Pow(eta, halvings);
        return [.. Enumerable.Range(0, halvings + 1).Select(rung => new Rung(
            Math.Max(1, first / (int)Math.Pow(eta, rung)), (int)(most * Math.Pow(eta, rung - halvings))))];
    }
}
