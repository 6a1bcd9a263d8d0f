namespace RankNas.Reproduction;

/// <summary>Training looked up in a benchmark, each time at the price that it took, until a budget of time is used up.</summary>
public sealed class SimulatedTraining
{
    /// <summary>The epochs of the trainings that NATS-Bench lets a search see.</summary>
    public const int Epochs = 12;

    private readonly Func<Architecture, TrainingOutcome> _train;
    private readonly double _budget;

    /// <summary>Initializes a run.</summary>
    /// <param name="space">The space.</param>
    /// <param name="train">Looks an architecture's training up.</param>
    /// <param name="budget">How many seconds may be trained; training that starts before the end counts.</param>
    /// <param name="random">The only source of randomness.</param>
    public SimulatedTraining(ISearchSpace space, Func<Architecture, TrainingOutcome> train, double budget, Random random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(random);
        if (!(budget > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(budget), budget, "The budget is in seconds, and greater than 0.");
        }

        Space = space;
        Random = random;
        _train = train;
        _budget = budget;
    }

    /// <summary>Gets the space to search.</summary>
    public ISearchSpace Space { get; }

    /// <summary>Gets the only source of randomness.</summary>
    public Random Random { get; }

    /// <summary>Gets what a training of fewer epochs brings, from 1 to <see cref="Epochs"/>.</summary>
    /// <value>The default is null: only the accuracies after all epochs are known.</value>
    public Func<Architecture, int, TrainingOutcome>? TrainFor { get; init; }

    /// <summary>Gets whether the accuracies after fewer epochs are known.</summary>
    public bool HasShorterTrainings => TrainFor is not null;

    /// <summary>Gets how many seconds have been trained.</summary>
    public double Seconds { get; private set; }

    /// <summary>Gets how often an architecture has been trained.</summary>
    public int Trainings { get; private set; }

    /// <summary>Gets whether the time is used up.</summary>
    public bool IsOver => Seconds >= _budget;

    /// <summary>Gets the architecture with the best accuracy seen, the first of equal ones; null where none has been trained.</summary>
    public Architecture? Best { get; private set; }

    /// <summary>Gets the best accuracy seen, in percent.</summary>
    public double BestAccuracy { get; private set; } = double.NegativeInfinity;

    /// <summary>Trains an architecture.</summary>
    /// <returns>The validation accuracy in percent.</returns>
    /// <exception cref="InvalidOperationException">The time is used up.</exception>
    public double Train(Architecture architecture) => Book(architecture, () => _train(architecture));

    /// <summary>Trains an architecture from the beginning for some epochs.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="epochs">How many epochs, from 1 to <see cref="Epochs"/>.</param>
    /// <returns>The validation accuracy in percent.</returns>
    /// <exception cref="InvalidOperationException">The time is used up, or only the accuracies after all epochs are known.</exception>
    public double Train(Architecture architecture, int epochs) => TrainFor is { } train
        ? Book(architecture, () => train(architecture, epochs))
        : throw new InvalidOperationException("Only the accuracies after all epochs are known: a search looks at HasShorterTrainings first.");

    private double Book(Architecture architecture, Func<TrainingOutcome> train)
    {
        if (IsOver)
        {
            throw new InvalidOperationException("The time for training is used up: a search looks at IsOver first.");
        }

        TrainingOutcome outcome = train();
        Seconds += outcome.Seconds;
        Trainings++;
        if (outcome.ValidationAccuracy > BestAccuracy)
        {
            (Best, BestAccuracy) = (architecture, outcome.ValidationAccuracy);
        }

        return outcome.ValidationAccuracy;
    }
}
