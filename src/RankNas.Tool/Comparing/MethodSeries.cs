using RankNas.Files;

namespace RankNas.Tool.Comparing;

/// <summary>The runs of a method by what pairs them: the seed, or the set of weights and images.</summary>
internal sealed record MethodSeries(string Name, IReadOnlyDictionary<long, ComparedRun[]> Runs)
{
    /// <summary>Groups runs by their methods, and names these.</summary>
    /// <param name="runs">The runs of all files.</param>
    public static IReadOnlyList<(string Name, ComparedRun[] Runs)> Group(IReadOnlyList<ComparedRun> runs)
    {
        Dictionary<string, string> names = MethodName.Shorten(runs.Select(run => run.Method));
        return [.. runs.GroupBy(run => run.Method.Key).SelectMany(method => Split(names[method.Key], [.. method]))];
    }

    /// <summary>Sorts a method's runs by what pairs them.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="isBySet">Whether runs of one set of weights and images count as one, their mean.</param>
    /// <exception cref="InvalidDataException">Two runs have the same seed, or they do not say of which set they are.</exception>
    public static MethodSeries Of(string name, ComparedRun[] runs, bool isBySet)
    {
        if (runs.GroupBy(run => run.Seed).FirstOrDefault(seed => seed.Count() > 1)?.ToArray() is [var one, var other, ..])
        {
            throw new InvalidDataException(
                $"Two runs of {name} have the seed {one.Seed}, in '{ShownText.Of(one.File)}' and '{ShownText.Of(other.File)}': leave one of them out.");
        }

        if (isBySet && runs.Any(run => run.Set is null))
        {
            throw new InvalidDataException($"The runs of {name} are all of one set of weights and images: write --by run, or reproduce with --initialisations.");
        }

        return new MethodSeries(name, runs.GroupBy(run => isBySet ? run.Set!.Value : run.Seed).ToDictionary(group => group.Key, group => group.ToArray()));
    }

    /// <summary>Gets the accuracies on a data set, by what pairs them; null where one is not known.</summary>
    public SortedDictionary<long, double>? AccuraciesOn(string dataSet, AccuracySplit split)
    {
        var means = new SortedDictionary<long, double>();
        foreach ((long key, ComparedRun[] runs) in Runs)
        {
            double?[] known = [.. runs.Select(run => run.Accuracies.GetValueOrDefault(dataSet)).Select(accuracy => split == AccuracySplit.Test ? accuracy?.Test : accuracy?.Validation)];
            if (Array.Exists(known, accuracy => accuracy is null))
            {
                return null;
            }

            means.Add(key, known.Average()!.Value);
        }

        return means;
    }

    // The same rows of two tables, as of two versions, are two methods.
    private static IEnumerable<(string Name, ComparedRun[] Runs)> Split(string name, ComparedRun[] runs)
    {
        IGrouping<string, ComparedRun>[] files = [.. runs.GroupBy(run => run.File)];
        bool isTwice = runs.DistinctBy(run => run.Seed).Count() < runs.Length;
        return isTwice && files.Length > 1 && Array.TrueForAll(files, file => file.Count() > 1)
            ? files.Select(file => ($"{name} of {ShownText.Of(file.Key)}", file.ToArray()))
            : [(name, runs)];
    }
}
