using System.Globalization;
using MathNet.Numerics.LinearRegression;
using RankNas.Files;
using RankNas.NatsBench;

namespace RankNas.Reproduction;

/// <summary>How long a training of 12 epochs and one validation take: NATS-Bench's own figures for the architectures of a table, and a linear model of
/// them for the others of the space.</summary>
/// <remarks>
/// The model is the least-squares fit of the seconds by how often each alternative is among an architecture's genes: in the topology space, by the
/// number of edges with each operation. Convolutions take their time wherever they are in a cell.
/// </remarks>
public sealed class TrainingTimes
{
    private const int Epochs = 12;
    private const int FewestForAFit = 20;
    private const long MostBytes = 1L << 28;

    // In seconds for all epochs: the column of training, how much of it NATS-Bench's search trains on, that of evaluation, and how much is evaluated.
    private static readonly Dictionary<string, Columns> ColumnsOf = new()
    {
        // Half of the 50,000 images are for training, and the other half for validation: 2.5 times the 10,000 of the test set.
        ["cifar10"] = new Columns("c10_12_train_s", 0.5, "c10_12_test_s", 2.5),
        ["cifar100"] = new Columns("c100_12_train_s", 1, "c100_12_test_s", 1),
        ["imagenet16-120"] = new Columns("in16_12_train_s", 1, "in16_12_test_s", 1),
    };

    private readonly GenomeSearchSpace _space;
    private readonly IReadOnlyDictionary<Architecture, Seconds> _known;
    private readonly double[] _training;
    private readonly double[] _validation;

    private TrainingTimes(GenomeSearchSpace space, IReadOnlyDictionary<Architecture, Seconds> known)
    {
        _space = space;
        _known = known;
        _training = Fit(known.Select(pair => (pair.Key, pair.Value.Training)));
        _validation = Fit(known.Select(pair => (pair.Key, pair.Value.Validation)));

        (Architecture Architecture, double Seconds)[] all = [.. known.Select(pair => (pair.Key, pair.Value.Training + pair.Value.Validation))];
        double[] half = Fit(all.Where((_, row) => row % 2 == 0));
        HeldOutError = all.Where((_, row) => row % 2 != 0).Average(row => Math.Abs(Predict(half, row.Architecture) - row.Seconds) / row.Seconds);
    }

    /// <summary>Gets how many architectures have figures of their own.</summary>
    public int Known => _known.Count;

    /// <summary>Gets the mean relative error of a model of every other architecture of the table on those in between, from 0.</summary>
    public double HeldOutError { get; }

    /// <summary>Reads a table with the columns <c>index</c> and, for CIFAR-10, <c>c10_12_train_s,c10_12_test_s</c>: the seconds of all 12 epochs on all training
    /// images, and of an evaluation on the test set after each. For CIFAR-100 the columns are <c>c100_…</c>, for ImageNet16-120 <c>in16_…</c>.</summary>
    /// <param name="path">The CSV file.</param>
    /// <param name="space">The space.</param>
    /// <param name="order">What tells the architectures by NATS-Bench's index.</param>
    /// <param name="dataSet"><c>cifar10</c>, <c>cifar100</c> or <c>imagenet16-120</c>.</param>
    /// <exception cref="InvalidDataException">The file is no such table; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainingTimes ReadCsv(string path, GenomeSearchSpace space, IAccuracyBenchmark order, string dataSet)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(dataSet);
        Columns columns = ColumnsOf.TryGetValue(dataSet, out Columns known)
            ? known
            : throw new ArgumentException($"The data set is '{dataSet}': it is one of {string.Join(", ", ColumnsOf.Keys)}.", nameof(dataSet));
        try
        {
            return new TrainingTimes(space, Read(path, order, columns));
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"'{path}', {exception.Message}.", exception);
        }
    }

    /// <summary>Gets the seconds of a training and the validation after it.</summary>
    /// <param name="architecture">An architecture of the space.</param>
    /// <param name="epochs">How many of the 12 epochs are trained.</param>
    public double SecondsOf(Architecture architecture, int epochs = Epochs)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        Seconds seconds = _known.TryGetValue(architecture, out Seconds own)
            ? own
            : new Seconds(Predict(_training, architecture), Predict(_validation, architecture));
        return (seconds.Training * epochs / Epochs) + seconds.Validation;
    }

    private static Dictionary<Architecture, Seconds> Read(string path, IAccuracyBenchmark order, Columns columns)
    {
        using TextInput text = TextInput.Open(path, "a CSV file of training times", MostBytes);
        var csv = new CsvRows(text);
        foreach (string column in (string[])["index", columns.Training, columns.Evaluation])
        {
            if (!csv.Header.Contains(column))
            {
                throw new FormatException($"line 1: there is no column '{column}'; the header is {csv.ShownHeader}");
            }
        }

        var known = new Dictionary<Architecture, Seconds>();
        while (csv.Read())
        {
            var seconds = new Seconds(
                columns.TrainedShare * NumberIn(csv, columns.Training), columns.EvaluatedShare * NumberIn(csv, columns.Evaluation) / Epochs);
            if (!long.TryParse(csv["index"], NumberStyles.None, CultureInfo.InvariantCulture, out long index) || order.AtIndex(index) is not { } architecture)
            {
                throw csv.Refuse("index", "is the index of no architecture of the benchmark");
            }

            if (!known.TryAdd(architecture, seconds))
            {
                throw csv.Refuse("index", "is there twice");
            }
        }

        return known.Count >= FewestForAFit
            ? known
            : throw new FormatException($"there are times of {known.Count} architectures, and a model needs {FewestForAFit}");
    }

    private static double NumberIn(CsvRows csv, string column) =>
        double.TryParse(csv[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds > 0 && double.IsFinite(seconds)
            ? seconds
            : throw csv.Refuse(column, "is no number of seconds greater than 0");

    // The counts add up to the number of genes: with the first alternative left out, the constant stands for it.
    private double[] Features(Architecture architecture) =>
        [1, .. Enumerable.Range(1, _space.Alleles.Max() - 1).Select(allele => (double)architecture.Genes.Count(gene => gene == allele))];

    private double[] Fit(IEnumerable<(Architecture Architecture, double Seconds)> rows)
    {
        (Architecture Architecture, double Seconds)[] all = [.. rows];
        return MultipleRegression.QR([.. all.Select(row => Features(row.Architecture))], [.. all.Select(row => row.Seconds)], intercept: false);
    }

    private double Predict(double[] weights, Architecture architecture) => Features(architecture).Zip(weights, (feature, weight) => feature * weight).Sum();

    private readonly record struct Columns(string Training, double TrainedShare, string Evaluation, double EvaluatedShare);

    private readonly record struct Seconds(double Training, double Validation);
}
