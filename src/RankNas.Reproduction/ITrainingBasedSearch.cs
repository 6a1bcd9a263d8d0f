namespace RankNas.Reproduction;

/// <summary>A search that trains architectures and looks at their validation accuracies: what training-free search is compared with.</summary>
public interface ITrainingBasedSearch
{
    /// <summary>Gets the search's name, such as <c>rea</c>.</summary>
    string Id { get; }

    /// <summary>Trains architectures until the time is used up; the one with the best accuracy seen is the result.</summary>
    /// <param name="training">The space, the generator, and the way to accuracies.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    Task SearchAsync(SimulatedTraining training, CancellationToken cancellationToken = default);
}
