using System.Collections.Frozen;
using System.Collections.Immutable;
using RankNas.NatsBench.Files;

namespace RankNas.NatsBench;

/// <summary>The unpacked official NATS-Bench release: the accuracies and costs of training each architecture of a space.</summary>
/// <remarks>
/// A folder <c>NATS-tss-v1_0-3ffb9-simple</c> or <c>NATS-sss-v1_0-50262-simple</c>, with <c>meta.pickle.pbz2</c> and a file
/// <c>NNNNNN.pickle.pbz2</c> for each architecture. A look-up reads one file; only the list of numbers is kept in memory. The files are
/// read as data: no Python code in them is executed. Accuracies are NATS-Bench's: CIFAR-10's validation accuracy is from a training
/// on half of the training images, its test accuracy from another training on all images; for the other data sets, both are from one training. Dong et al.,
/// <em>NATS-Bench: Benchmarking NAS Algorithms for Architecture Topology and Size</em>, TPAMI 2021. Safe for concurrent use.
/// </remarks>
public sealed class NatsBenchFolder : IAccuracyBenchmark
{
    private const string Extension = ".pickle.pbz2";
    private const string Archives = "NATS-tss-v1_0-3ffb9-simple.tar or NATS-sss-v1_0-50262-simple.tar";

    private readonly string _path;
    private readonly ISearchSpace _space;
    private readonly NatsBenchOptions _options;
    private readonly Lazy<NatsBenchIndex> _index;

    private NatsBenchFolder(string path, ISearchSpace space, NatsBenchOptions options)
    {
        _path = path;
        _space = space;
        _options = options;

        // A failure is not kept: the file may be mended.
        _index = new Lazy<NatsBenchIndex>(() => NatsBenchIndex.Read(MetaOf(path), space), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Gets <c>cifar10</c>, <c>cifar100</c> and <c>imagenet16-120</c>.</summary>
    public IReadOnlyList<string> DataSets => NatsBenchFile.DataSets;

    /// <summary>Opens a folder; its files are read on demand.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="space">The space of the folder: <c>nats-tss</c>, with any settings, or <c>nats-sss</c>.</param>
    /// <param name="options">Which trainings to use; if null, the longest, averaged over all seeds.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The folder has no <c>meta.pickle.pbz2</c>.</exception>
    public static NatsBenchFolder Open(string path, ISearchSpace space, NatsBenchOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(space);
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException(
                $"There is no folder '{path}': unpack {Archives}, and name the folder that comes out.");
        }

        if (!File.Exists(MetaOf(path)))
        {
            throw new InvalidDataException(
                $"'{path}' has no 'meta{Extension}': name the folder that {Archives} unpacks to.");
        }

        return new NatsBenchFolder(path, space, options ?? new NatsBenchOptions());
    }

    /// <inheritdoc/>
    /// <exception cref="ArchitectureFormatException">The architecture is of another space.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, is of another space or architecture, or does not have the requested epochs; the
    /// message has its name.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyDictionary<string, Accuracy>? Find(Architecture architecture) =>
        FindTraining(architecture)?.ToFrozenDictionary(record => record.Key, record => record.Value.Accuracy);

    /// <summary>Finds the training records of an architecture, by the names in <see cref="DataSets"/>.</summary>
    /// <param name="architecture">An architecture of the space.</param>
    /// <returns>The records for the data sets that the architecture was trained on; null if the folder has no file for it.</returns>
    /// <inheritdoc cref="Find"/>
    public IReadOnlyDictionary<string, TrainingRecord>? FindTraining(Architecture architecture) => Open(architecture)?.RecordsOf(architecture, _options);

    /// <summary>Finds the validation accuracies of an architecture after each epoch of its training, in percent, by the names in <see cref="DataSets"/>.</summary>
    /// <param name="architecture">An architecture of the space.</param>
    /// <returns>The accuracies, the first after one epoch, for the data sets where they were measured after each; null if the folder has no file for
    /// the architecture. NATS-Bench measured them in the trainings of 12 epochs.</returns>
    /// <inheritdoc cref="Find"/>
    public IReadOnlyDictionary<string, ImmutableArray<double>>? FindValidationCurves(Architecture architecture) =>
        Open(architecture)?.CurvesOf(architecture, _options);

    private NatsBenchFile? Open(Architecture architecture)
    {
        long? number = IndexOf(architecture);
        string file = Path.Combine(_path, FormattableString.Invariant($"{number:D6}{Extension}"));
        return File.Exists(file) ? NatsBenchFile.Read(file) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArchitectureFormatException">The architecture is of another space.</exception>
    public long? IndexOf(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);

        // Parsed anew, or an architecture of another space would get some number of this one.
        return _index.Value.NumberOf(_space.IndexOf(_space.Parse(architecture.Text)));
    }

    /// <inheritdoc/>
    public Architecture? AtIndex(long index) => _index.Value.IndexOf(index) is { } own ? _space.FromIndex(own) : null;

    private static string MetaOf(string path) => Path.Combine(path, $"meta{Extension}");
}
