namespace RankNas;

/// <summary>The progress of a search.</summary>
/// <param name="Evaluations">How many distinct architectures have been scored.</param>
/// <param name="Budget">How many may be scored.</param>
/// <param name="FromStore">How many of them were found in the store.</param>
/// <param name="Failures">How many have at least one failed score.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Latest">The architecture scored last.</param>
public sealed record SearchProgress(
    int Evaluations, int Budget, int FromStore, int Failures, TimeSpan Elapsed, ScoredArchitecture Latest)
{
    /// <summary>Gets how long the search may take.</summary>
    /// <value>The default is null: as long as its budget takes.</value>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Gets about how long the search still takes: what remains of the budget at the mean speed so far, or of the time, whichever is less; null before anything was scored anew.</summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            TimeSpan? byBudget = Evaluations > FromStore ? (Budget - Evaluations) * (Elapsed / (Evaluations - FromStore)) : null;
            TimeSpan? byTime = TimeLimit is { } limit ? limit > Elapsed ? limit - Elapsed : TimeSpan.Zero : null;
            return byBudget is null || byTime < byBudget ? byTime : byBudget;
        }
    }

    /// <summary>Returns a sentence, such as <c>412 of 1,000 architectures scored in 0:01:30, 12 of them from the store.</c></summary>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string stored = FromStore > 0 ? string.Create(culture, $", {FromStore:N0} of them from the store") : "";
        string failed = Failures > 0 ? string.Create(culture, $", {Failures:N0} with a failed score") : "";
        return string.Create(
            culture, $"{Evaluations:N0} of {Budget:N0} architectures scored in {(int)Elapsed.TotalHours}:{Elapsed:mm\\:ss}{stored}{failed}.");
    }
}
