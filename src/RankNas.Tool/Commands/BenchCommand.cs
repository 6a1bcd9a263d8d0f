using RankNas.Images;
using RankNas.Tool.Bench;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas bench</c>: times RankNas against a literal and a lean pipeline and two bare passes, in one run.</summary>
internal static class BenchCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var only = new SpaceOptions();
        var thorough = new Option<bool>("--thorough") { Description = "Times every block several times, and the slow ways on all of it: some forty minutes, for figures to publish." };
        var architectures = NumberOption<int>.WithoutDefault("--sample", "How many architectures of each space.", 1, 15_625, BenchEffort.Thorough.Architectures);
        NumberOption<int> batch = BatchOption.Create(2);
        var scale = new NumberOption<int>("--scale", "Instead: how many architectures (of the size space, unless --space says otherwise) to score in one process, to see memory and time stay flat.", 0, 0, 1_000_000, 5000);
        var precision = new NumberOption<int>("--bfloat16", "Instead: how many architectures of each space to score in float32 and in bfloat16, to see what that saves and loses.", 0, 0, 15_625, 1000);
        Option<string> images = ImagesOption.Create();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "bench",
            "Times RankNas against other ways to compute the same, in one run of at most four minutes on two cores.",
            "[options]",
            "ranknas bench",
            "ranknas bench --thorough --json",
            "ranknas bench --scale 5000",
            "ranknas bench --bfloat16 1000 --images data_batch_1.bin --json");
        command.AddGroup("What to time", [.. only.All, thorough, architectures, batch, images, scale, precision]).AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            BatchOption.Check(parsed.GetValue(batch));
            if (parsed.GetValue(scale) is > 0 and int many)
            {
                ScaleBenchResult flat = await ScaleBench.RunAsync(only.IsGiven(parsed) ? only.Resolve(parsed) : new NatsSizeSpace(), many, parsed.GetValue(batch), cancellationToken).ConfigureAwait(false);
                JsonOutput.WriteOr(output, parsed.GetValue(json), flat, WriteScale);
                return ExitCode.Done;
            }

            if (parsed.GetValue(precision) is > 0 and int compared)
            {
                int size = parsed.GetValue(batch);
                ProbeImages seen = ImagesOption.Resolve(parsed.GetValue(images)) ?? ProbeImages.Synthetic(count: size);
                var losses = new List<PrecisionBenchResult>();
                foreach (ISearchSpace space in SpacesOf(parsed, only))
                {
                    losses.Add(await PrecisionBench.RunAsync(space, seen, compared, size, ProgressOf(space, errors), cancellationToken).ConfigureAwait(false));
                }

                JsonOutput.WriteOr(output, parsed.GetValue(json), losses, WriteLosses);
                return ExitCode.Done;
            }

            if (ContenderNames.RivalsProgram is null)
            {
                await errors.WriteLineAsync("The rivals are not in this installation: to compare, run 'dotnet run -c Release --project src/RankNas.Tool -- bench' in a clone of the repository.")
                    .ConfigureAwait(false);
            }

            int cores = Environment.ProcessorCount;
            BenchEffort effort = parsed.GetValue(thorough) ? BenchEffort.Thorough : BenchEffort.Brief;
            effort = parsed.GetValue(architectures) is > 0 and int sample ? effort with { Architectures = sample } : effort;
            var spaces = new Dictionary<string, SpaceBenchResult>();
            foreach (ISearchSpace space in ComparedOf(parsed, only))
            {
                var bench = new SpaceBench(space, effort, parsed.GetValue(batch), cores);
                try
                {
                    spaces[space.Id] = await bench.RunAsync(new SynchronousProgress<SpaceBenchResult>(soFar => WriteSoFar(errors, space, soFar)), cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (spaces.Count > 0)
                {
                    // The space before stands.
                }
            }

            var report = new BenchReport(
                cores, spaces, spaces.Values.Min(space => space.AllCoresOverOne), spaces.Values.Max(space => space.PeakMegabytes));
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, Write);

            return cancellationToken.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }

    private static ISearchSpace[] SpacesOf(ParseResult parsed, SpaceOptions only) => only.IsGiven(parsed) ? [only.Resolve(parsed)] : [.. BuiltIns.TimedSpaces];

    // The rivals' pipelines are of these two alone.
    private static ISearchSpace[] ComparedOf(ParseResult parsed, SpaceOptions only)
    {
        ISearchSpace[] spaces = SpacesOf(parsed, only);
        return spaces.Any(space => BuiltIns.TimedSpaces.All(timed => timed.Id != space.Id))
            ? throw new UsageException($"bench compares in {NatsTopologySpace.Name} and {NatsSizeSpace.Name}: write --space with one of them, or leave it out. --scale and --bfloat16 take every space.")
            : spaces;
    }

    private static void WriteSoFar(TextWriter errors, ISearchSpace space, SpaceBenchResult soFar)
    {
        string literal = soFar.TimesFasterThanLiteral is { } times ? string.Create(CultureInfo.InvariantCulture, $", {times:0.0} times faster than literal") : "";
        string floor = soFar.TimesTheFloor is { } share ? string.Create(CultureInfo.InvariantCulture, $", {share:0.00} of the floor") : "";
        errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{space.Id}, {soFar.Architectures} architectures so far: {soFar.SecondsAnArchitecture:0.000} s each{literal}{floor}"));
    }

    private static SynchronousProgress<double> ProgressOf(ISearchSpace space, TextWriter errors) =>
        new(share => errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{space.Id}: {share:P0}")));

    private static void WriteLosses(TextWriter output, List<PrecisionBenchResult> results, int? width)
    {
        foreach (PrecisionBenchResult result in results)
        {
            output.WriteParagraph(string.Create(CultureInfo.InvariantCulture,
                $"{result.Architectures:N0} architectures of {result.Space}, batch {result.Batch}: bfloat16 is {result.TimesFaster:0.00} times as fast as float32."), width);
            foreach ((string proxy, PrecisionLoss loss) in result.Proxies)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {proxy}: Spearman's ρ {loss.Spearman:0.0000}{(loss.NotFinite > 0 ? $", without {loss.NotFinite} that have no finite score" : "")}"));
            }
        }
    }

    private static void WriteScale(TextWriter output, ScaleBenchResult result, int? width) =>
        output.WriteParagraph(string.Create(CultureInfo.InvariantCulture,
            $"{result.Architectures:N0} architectures of {result.Space}, batch {result.Batch}: at most {result.PeakMegabytesOfTheFirst:N0} MB and {result.SecondsOfTheFirst:0.000} s each for the first 500, "
            + $"{result.PeakMegabytesOfTheLast:N0} MB and {result.SecondsOfTheLast:0.000} s for the last 500; {result.PeakMegabytes:N0} MB for any."), width);

    private static void Write(TextWriter output, BenchReport report, int? width)
    {
        SpaceBenchResult[] results = [.. report.Spaces.Values];
        TextColumn Column(string heading, Func<SpaceBenchResult, double?> figure, int decimals) =>
            new(heading, NumberColumn.Of(results.Select(result => figure(result) ?? double.NaN), decimals));
        new TextTable(
            [new TextColumn("space", [.. report.Spaces.Keys], IsText: true)],
            [
                Column("architectures", result => result.Architectures, 0),
                Column("s an architecture", result => result.SecondsAnArchitecture, 3),
                Column("× faster than literal", result => result.TimesFasterThanLiteral, 2),
                Column("× faster than lean", result => result.TimesFasterThanLean, 2),
                Column("× the floor", result => result.TimesTheFloor, 2),
                Column("all cores over one", result => result.AllCoresOverOne, 2),
                Column("peak MB", result => result.PeakMegabytes, 0),
                Column("managed MB an architecture", result => result.AllocatedMegabytesAnArchitecture, 2),
            ]).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(
            $"Medians of the ratios within blocks that ran in turn, each side in a process of its own, on {report.Threads} cores.", width);
        foreach ((string space, SpaceBenchResult result) in report.Spaces)
        {
            IEnumerable<string> shares = result.ShareOfTime.Select(share =>
                string.Create(CultureInfo.InvariantCulture, $"{share.Value:P0} is saved without {share.Key}"));
            output.WriteParagraph($"{space}: of RankNas's time, {string.Join(", ", shares)}.", width);
        }
    }
}
