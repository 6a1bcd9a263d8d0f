using RankNas.Latency;
using RankNas.Ranking;
using RankNas.Torch;

namespace RankNas.Fitting.Running;

/// <summary>Reads, searches, compares, trains, writes.</summary>
internal sealed class FitRun(string pictures, FitOptions options, IProgress<FitProgress>? progress)
{
    private readonly FitClock _clock = new(options.TimeLimit);

    public async Task<FitResult> RunAsync(CancellationToken cancellationToken)
    {
        FitFolder folder = FitFolder.Open(options.OutputFolder, options.Resume);
        (PictureSet set, LabelledSplits splits) = await ReadAsync(folder, cancellationToken).ConfigureAwait(false);
        LabelledImages validation = splits.Validation!;
        ISearchSpace space = FitDefaults.SpaceFor(options, splits.Training.Shape);
        SearchResult search = await SearchAsync(space, splits.Training, folder, cancellationToken).ConfigureAwait(false);
        ImmutableArray<FitCandidate> candidates = await CompareAsync(space, search, splits, folder, cancellationToken).ConfigureAwait(false);
        Architecture architecture = candidates.Length > 0 ? candidates[0].Architecture : search.Best.Architecture;
        NetworkGraph graph = space.Describe(architecture, splits.Training.Shape);
        using GraphModule network = CreateNetwork(graph, architecture);
        TrainingResult training = await TrainAsync(
            FitStage.Training, "", network, splits, FitDefaults.EpochsFor(options, splits.Training.Count), _clock.ForTraining, folder.Checkpoint, cancellationToken).ConfigureAwait(false);
        progress?.Report(new FitProgress(FitStage.Writing, 0, "writing the model"));
        ClassificationMetrics onValidation = NetworkEvaluator.Evaluate(network, validation, device: options.Device, cancellationToken: CancellationToken.None);
        ClassificationMetrics? onTest = splits.Test is { } test ? NetworkEvaluator.Evaluate(network, test, device: options.Device, cancellationToken: CancellationToken.None) : null;
        FitWriter.WriteModel(folder, space, architecture, network, splits, options);
        var result = new FitResult
        {
            Folder = folder.Path,
            End = training.End switch
            {
                TrainingEnd.Cancelled => FitEnd.Cancelled,
                TrainingEnd.TimeLimit => FitEnd.TimeUsed,
                _ => FitEnd.Completed,
            },
            Space = space.Id,
            Architecture = architecture,
            Parameters = graph.Costs.Parameters,
            Macs = graph.Costs.Macs,
            Latency = FitLatency.Of(folder.Onnx),
            Pictures = set.Report,
            Search = search,
            Candidates = candidates,
            Training = training,
            Validation = onValidation,
            Test = onTest,
            Quantized = options.Quantize ? FitQuantizing.Run(folder, splits) : null,
            Elapsed = _clock.Elapsed,
        };
        FitWriter.WriteReports(folder, result, splits, options);
        progress?.Report(new FitProgress(FitStage.Writing, 1, $"written to {folder.Path}"));
        return result;
    }

    // What cannot be read leaves no folder behind.
    private async Task<(PictureSet Set, LabelledSplits Splits)> ReadAsync(FitFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            PictureSet set = await ReadAsync(cancellationToken).ConfigureAwait(false);
            return (set, SplitsOf(set));
        }
        catch
        {
            folder.DeleteIfEmpty();
            throw;
        }
    }

    private async Task<PictureSet> ReadAsync(CancellationToken cancellationToken)
    {
        PictureOptions reading = options.Space?.ImageSize is { } size ? options.Pictures with { Size = size } : options.Pictures;
        var told = new SynchronousProgress<PictureProgress>(read => progress?.Report(new FitProgress(
            FitStage.Reading, (double)read.Done / Math.Max(1, read.Total), string.Create(CultureInfo.InvariantCulture, $"{read.Done:N0} of {read.Total:N0} pictures read"))));
        PictureSet set = await Pictures.LoadAsync(pictures, reading, told, cancellationToken).ConfigureAwait(false);
        progress?.Report(new FitProgress(FitStage.Reading, 1, set.Report.ToString().ReplaceLineEndings("\n").Split('\n')[0]));
        return set;
    }

    private LabelledSplits SplitsOf(PictureSet set)
    {
        if (set.Images.ClassNames.Length < 2)
        {
            throw new FitException($"'{pictures}' has one class, '{set.Images.ClassNames[0]}': a classifier needs two or more. Put the pictures of each class into a folder of its own.");
        }

        ImmutableArray<int> counts = set.Images.ImagesByClass;
        if (counts.IndexOf(0) is var empty and >= 0)
        {
            throw new FitException($"The class '{set.Images.ClassNames[empty]}' has no pictures to train on: add some, or remove its folder.");
        }

        LabelledSplits splits = set.Split(options.ValidationShare, options.TestShare, options.Seed);
        return splits.Validation is null
            ? throw new FitException("There are no pictures for validation: hold some out, or add a folder val.")
            : splits;
    }

    private async Task<SearchResult> SearchAsync(ISearchSpace space, LabelledImages training, FitFolder folder, CancellationToken cancellationToken)
    {
        NasBuilder builder = NasBuilder.Create()
            .UseSpace(space)
            .UseImages(training.ToProbeImages(), Math.Min(options.ProbeBatch, training.Count))
            .UseRecommended()
            .WithBudget(options.Budget)
            .WithSeed(options.Seed)
            .WithDevices(options.Device)
            .WithTimeLimit(_clock.ForSearch ?? Timeout.InfiniteTimeSpan)
            .UseProgress(new SynchronousProgress<SearchProgress>(scored => progress?.Report(new FitProgress(
                FitStage.Searching, (double)scored.Evaluations / scored.Budget, scored.ToString(), scored.TimeLeft)
            {
                Search = scored,
                Cost = space is IModuleSearchSpace ? null : space.CostOf(scored.Latest.Architecture, training.Shape),
            })));
        builder.UseScoreStore(folder.Scores);
        if (options.MaxParameters is { } parameters)
        {
            builder.AddMaxParameters(parameters);
        }

        if (options.MaxMacs is { } macs)
        {
            builder.AddMaxMacs(macs);
        }

        if (options.MaxLatency is { } latency)
        {
            builder.AddMaxLatency(latency, options.LatencyTarget == LatencyTarget.Torch ? new TorchLatency() : new OnnxLatency());
        }

        SearchResult result = await builder.Build().RunAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return result.Ranked.IsEmpty
            ? throw new FitException("No architecture was scored in the time for the search: allow more minutes.")
            : result;
    }

    // Where one may be trained, nothing has to be compared.
    private async Task<ImmutableArray<FitCandidate>> CompareAsync(
        ISearchSpace space, SearchResult search, LabelledSplits splits, FitFolder folder, CancellationToken cancellationToken)
    {
        ScoredArchitecture[] best = [.. search.Ranked.Take(options.Candidates)];
        if (best.Length == 1)
        {
            return [];
        }

        int epochs = FitDefaults.BriefEpochsFor(options, splits.Training.Count);
        var trained = new List<FitCandidate>();
        foreach ((int place, ScoredArchitecture candidate) in best.Index())
        {
            NetworkGraph graph = space.Describe(candidate.Architecture, splits.Training.Shape);
            using GraphModule network = CreateNetwork(graph, candidate.Architecture);
            string title = string.Create(CultureInfo.InvariantCulture, $"candidate {place + 1} of {best.Length}, ");
            TrainingResult training = await TrainAsync(
                FitStage.Comparing, title, network, splits, epochs, _clock.ForEachOf(best.Length), folder.CandidateCheckpoint(place), cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            ClassificationMetrics metrics = NetworkEvaluator.Evaluate(network, splits.Validation!, device: options.Device, cancellationToken: cancellationToken);
            trained.Add(new FitCandidate(candidate.Architecture, candidate.Rank, graph.Costs.Parameters, training.History.Epochs.Length, metrics.Loss, metrics.Accuracy));
        }

        // The loss tells more than the share of a few pictures.
        return [.. trained.OrderBy(candidate => candidate.ValidationLoss)];
    }

    private async Task<TrainingResult> TrainAsync(
        FitStage stage, string title, GraphModule network, LabelledSplits splits, int epochs, TimeSpan? limit, string checkpoint, CancellationToken cancellationToken)
    {
        TrainingOptions training = FitDefaults.TrainingFor(options, splits.Training.Count, epochs) with { MaxDuration = limit, CheckpointFile = checkpoint };
        int planned = epochs;
        var told = new SynchronousProgress<TrainingEvent>(happened =>
        {
            if (happened is EpochsFitted fitted)
            {
                planned = fitted.Epochs;
            }
            else if (happened is EpochCompleted { Record: var epoch, TimeLeft: var left })
            {
                progress?.Report(new FitProgress(stage, (epoch.Epoch + 1.0) / planned, string.Create(
                    CultureInfo.InvariantCulture, $"{title}epoch {epoch.Epoch + 1} of {planned}: loss {epoch.Loss:F3}, {epoch.ValidationAccuracy:P1} of validation right"), left));
            }
        });
        return await new NetworkTrainer(network, splits.Training, splits.Validation, training).TrainAsync(told, cancellationToken).ConfigureAwait(false);
    }

    // The weights that the search scored.
    private GraphModule CreateNetwork(NetworkGraph graph, Architecture architecture)
    {
        GraphModule network = graph.ToModule();
        WeightInitializer.Default.Initialize(network, new WeightSeed(options.Seed, architecture.Text));
        return network;
    }
}
