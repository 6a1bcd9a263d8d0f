using RankNas.Correlation;
using RankNas.Evaluation;
using RankNas.Files;

namespace RankNas.Tool.Comparing;

/// <summary>Methods compared run by run, as JSON and as tables.</summary>
internal sealed record ComparisonReport(
    string By, IReadOnlyList<ComparisonReport.Method> Methods, IReadOnlyList<ComparisonReport.Comparison> Comparisons)
{
    private const double SmallestShown = 0.0001;

    /// <summary>Compares every two methods, or each with one of them.</summary>
    /// <param name="by">What pairs runs: <c>run</c>, by their seeds, or <c>set</c>.</param>
    /// <param name="methods">The methods, two or more.</param>
    /// <param name="baseline">The name of the one that all are compared with; null for every two.</param>
    /// <exception cref="InvalidDataException">Two methods have too few runs in common, or no data set.</exception>
    public static ComparisonReport Of(string by, IReadOnlyList<MethodSeries> methods, string? baseline)
    {
        var means = new List<Method>();
        var pairs = new List<(string DataSet, string Split, string First, string Second, PairedComparison Compared)>();
        foreach ((string dataSet, AccuracySplit split) in DataSetsOf(methods))
        {
            SortedDictionary<long, double>[] accuracies = [.. methods.Select(method => method.AccuraciesOn(dataSet, split)!)];
            string splitName = split == AccuracySplit.Test ? "test" : "validation";
            means.AddRange(methods.Zip(accuracies, (method, own) => Method.Of(dataSet, splitName, method.Name, MeanInterval.Of([.. own.Values]), own.Count)));
            for (int first = 0; first < methods.Count; first++)
            {
                for (int second = baseline is null ? first + 1 : 0; second < methods.Count; second++)
                {
                    if (first != second && (baseline is null || methods[second].Name == baseline))
                    {
                        pairs.Add((dataSet, splitName, methods[first].Name, methods[second].Name,
                            Compare(by, (methods[first].Name, accuracies[first]), (methods[second].Name, accuracies[second]))));
                    }
                }
            }
        }

        double[] adjusted = [.. HolmAdjustment.Of([.. pairs.Select(pair => pair.Compared.Test.PValue)])];
        return new ComparisonReport(by, means, [.. pairs.Select((pair, index) => Comparison.Of(pair.DataSet, pair.Split, pair.First, pair.Second, pair.Compared, adjusted[index]))]);
    }

    public void WriteTables(TextWriter output, int? width)
    {
        TextColumn Text<T>(string heading, IReadOnlyList<T> rows, Func<T, string> cell) => new(heading, [.. rows.Select(row => ShownText.Of(cell(row)))], IsText: true);
        new TextTable(
            [Text("data set", Methods, row => row.DataSet), Text("method", Methods, row => row.Name)],
            [
                new TextColumn(By == "set" ? "sets" : "runs", NumberColumn.Of(Methods.Select(row => (long)row.Runs))),
                new TextColumn("mean %", NumberColumn.Of(Methods.Select(row => row.Mean), decimals: 2)),
                new TextColumn("95 %", [.. Methods.Select(row => Interval(row.Low, row.High))]),
            ]).Write(output, width);
        output.WriteLine();
        new TextTable(
            [Text("data set", Comparisons, row => row.DataSet), Text("first", Comparisons, row => row.First), Text("second", Comparisons, row => row.Second)],
            [
                new TextColumn("pairs", NumberColumn.Of(Comparisons.Select(row => (long)row.Pairs))),
                new TextColumn("differing", NumberColumn.Of(Comparisons.Select(row => (long)row.Differing))),
                new TextColumn("difference", NumberColumn.Of(Comparisons.Select(row => row.Difference), decimals: 2)),
                new TextColumn("95 %", [.. Comparisons.Select(row => Interval(row.Low, row.High))]),
                new TextColumn("p", [.. Comparisons.Select(row => Probability(row.P))]),
                new TextColumn("adjusted p", [.. Comparisons.Select(row => Probability(row.AdjustedP))]),
            ]).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(
            $"Accuracies in percent, {AccuraciesInWords()}. Pairs are of {(By == "set" ? "the same weights and images, each the mean of its runs" : "the same seed")}; the difference is first minus second, in "
            + "percentage points. Intervals are by Student's t; p is of Wilcoxon's signed-rank test, two-sided, exact up to 100 pairs; adjusted by Holm for "
            + $"{(Comparisons.Count == 1 ? "one comparison" : string.Create(CultureInfo.InvariantCulture, $"all {Comparisons.Count:N0} comparisons"))}.",
            width);
        if (By != "set")
        {
            output.WriteParagraph(
                "Note: runs of one set of scores share its weights and images: intervals and p-values then hold for these scores alone. --by set compares sets.", width);
        }
    }

    // Test accuracies where all runs have them, as everywhere.
    private static IReadOnlyList<(string DataSet, AccuracySplit Split)> DataSetsOf(IReadOnlyList<MethodSeries> methods)
    {
        string[] all = [.. methods.SelectMany(method => method.Runs.Values).SelectMany(runs => runs).SelectMany(run => run.Accuracies.Keys).Distinct()];
        (string, AccuracySplit)[] common =
        [
            .. all.SelectMany(dataSet => ((AccuracySplit[])[AccuracySplit.Test, AccuracySplit.Validation])
                .Where(split => methods.All(method => method.AccuraciesOn(dataSet, split) is not null)).Take(1).Select(split => (dataSet, split))),
        ];
        return common.Length > 0 ? common : throw new InvalidDataException("There is no data set on which every run of every method has an accuracy.");
    }

    private static PairedComparison Compare(string by, (string Name, SortedDictionary<long, double> Accuracies) first, (string Name, SortedDictionary<long, double> Accuracies) second)
    {
        long[] common = [.. first.Accuracies.Keys.Where(second.Accuracies.ContainsKey)];
        string pairs = by == "set" ? "sets of weights and images" : "seeds";
        return common.Length switch
        {
            0 => throw new InvalidDataException($"{first.Name} and {second.Name} have no {pairs} in common: run both with the same ones."),
            < SignedRankTest.FewestPairs => throw new InvalidDataException(
                $"{first.Name} and {second.Name} have {common.Length} {pairs} in common: fewer than {SignedRankTest.FewestPairs} pairs cannot reach 5 %, so run more."),
            _ => PairedComparison.Of([.. common.Select(key => first.Accuracies[key])], [.. common.Select(key => second.Accuracies[key])]),
        };
    }

    private string AccuraciesInWords()
    {
        string[] validation = [.. Methods.Where(method => method.Accuracies != "test").Select(method => ShownText.Of(method.DataSet)).Distinct()];
        return validation.Length == 0 ? "on the test set" : $"on the test set, but on the validation set of {string.Join(", ", validation)}";
    }

    private static string Interval(double? low, double? high) =>
        low is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{low:0.00} … {high:0.00}");

    private static string Probability(double value) =>
        value < SmallestShown ? "< 0.0001" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A method's mean over all its runs.</summary>
    internal sealed record Method(string DataSet, string Accuracies, string Name, int Runs, double Mean, double? Low, double? High)
    {
        public static Method Of(string dataSet, string accuracies, string name, Estimate mean, int runs) =>
            new(dataSet, accuracies, name, runs, mean.Value, runs > 1 ? mean.Low : null, runs > 1 ? mean.High : null);
    }

    /// <summary>Two methods over the runs that they have in common.</summary>
    internal sealed record Comparison(
        string DataSet,
        string Accuracies,
        string First,
        string Second,
        int Pairs,
        int Differing,
        double FirstMean,
        double SecondMean,
        double Difference,
        double Low,
        double High,
        double Statistic,
        bool Exact,
        double P,
        double AdjustedP)
    {
        public static Comparison Of(string dataSet, string accuracies, string first, string second, PairedComparison compared, double adjusted) => new(
            dataSet,
            accuracies,
            first,
            second,
            compared.Pairs,
            compared.Test.Differing,
            compared.First.Value,
            compared.Second.Value,
            compared.Difference.Value,
            compared.Difference.Low,
            compared.Difference.High,
            compared.Test.Statistic,
            compared.Test.IsExact,
            compared.Test.PValue,
            adjusted);
    }
}
