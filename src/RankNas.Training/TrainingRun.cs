using System.Diagnostics;
using RankNas.Proxies;
using RankNas.Torch;
using RankNas.Training.Batches;
using RankNas.Training.Checkpoints;
using RankNas.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training;

/// <summary>One run of a training, on the thread that calls it.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const double ShareOfTimeUsed = 0.95;
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly LabelledImages _training;
    private readonly LabelledImages? _validation;
    private readonly TrainingOptions _options;
    private readonly Action<TrainingEvent> _report;
    private readonly CancellationToken _cancellationToken;
    private readonly IDisposable? _repair;
    private readonly TrainingState _state;
    private readonly Checkpoint? _checkpoint;
    private readonly BatchFactory _batches;
    private readonly Device _device;
    private readonly Stopwatch _watch = new();
    private TrainingPosition _position;
    private TrainingHistory _history = TrainingHistory.Empty;
    private long _lastSaved;

    public TrainingRun(
        nn.Module<Tensor, Tensor> network, LabelledImages training, LabelledImages? validation, TrainingOptions options, Action<TrainingEvent> report, CancellationToken cancellationToken)
    {
        (_network, _training, _validation, _options, _report, _cancellationToken) = (network, training, validation, options, report, cancellationToken);

        // Networks of graphs compute rightly by themselves.
        _repair = network is IGraphNetwork ? null : CorrectConvolutions.Repair(network);
        _device = options.Device.ToTorch();
        _batches = new BatchFactory(training, options);
        _position = new TrainingPosition(0, 0, 0, options.Epochs, 0, 0, 0, 0, 0);
        _state = new TrainingState(network, options);
        _checkpoint = options.CheckpointFile is { } file ? new Checkpoint(file, RunIdentity.Of(_state.Weights.All, training, validation, options)) : null;
    }

    public TrainingResult Run()
    {
        Resume();
        TrainingEnd end = TrainingEnd.Completed;
        _watch.Start();
        while (_position.Epoch < _position.Epochs && end == TrainingEnd.Completed)
        {
            end = HasNoPatienceLeft() ? TrainingEnd.EarlyStopped : RunEpoch() ?? TrainingEnd.Completed;
        }

        if (end is TrainingEnd.Cancelled or TrainingEnd.TimeLimit)
        {
            Save();
        }

        return Conclude(end);
    }

    public void Dispose()
    {
        _state.Dispose();
        _repair?.Dispose();
    }

    private double Seconds => _position.Seconds + _watch.Elapsed.TotalSeconds;

    private bool KeepsBest => _options.KeepBest && _validation is not null;

    private void Resume()
    {
        if (_checkpoint?.Load((name, _) => _state.PlaceOf(name)) is not var (position, history))
        {
            return;
        }

        (_position, _history) = (position, history);
        _state.Weights.Publish();
        _report(new TrainingResumed(position.Epoch, position.Batch));
    }

    // Null: the next epoch may come.
    private TrainingEnd? RunEpoch()
    {
        int epoch = _position.Epoch;
        var order = new EpochOrder(_options.Seed, epoch, _training.Count, _options.BatchSize);
        _report(new EpochStarted(epoch, _position.Epochs, RateAt(0, order)));
        _network.train();
        using (var loader = new BatchLoader(_batches, order, epoch, _position.Batch))
        {
            while (_position.Batch < order.Batches)
            {
                if (Interruption() is { } end)
                {
                    return end;
                }

                RunBatch(loader, order);
                SaveIfDue(order);
            }
        }

        // What an epoch has cost is worth judging, even where the time is over.
        return _cancellationToken.IsCancellationRequested ? TrainingEnd.Cancelled : EndEpoch(order);
    }

    private TrainingEnd? Interruption() => _cancellationToken.IsCancellationRequested ? TrainingEnd.Cancelled
        : Seconds > _options.MaxDuration?.TotalSeconds ? TrainingEnd.TimeLimit : null;

    private void RunBatch(BatchLoader loader, EpochOrder order)
    {
        using PreparedBatch batch = loader.Next();
        double rate = RateAt(_position.Batch, order);
        (double loss, long right) = Step(batch, rate);
        _position = _position with
        {
            Batch = _position.Batch + 1,
            Step = _position.Step + 1,
            LossSum = _position.LossSum + loss * batch.Size,
            Right = _position.Right + right,
            Seen = _position.Seen + batch.Size,
        };
        Tick();
        _report(new BatchCompleted(_position.Epoch, _position.Batch - 1, order.Batches, loss, rate, TimeLeft((double)_position.Batch / order.Batches)));
    }

    private (double Loss, long Right) Step(PreparedBatch batch, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor images, Tensor targets) = batch.ToTensors(_training.Shape, _device);
        _network.zero_grad();
        Tensor logits = _network.call(images.to(_state.Weights.Precision));
        NetworkEvaluator.CheckOutput(logits, batch.Size, _training.Shape);
        Tensor loss = logits.to(ScalarType.Float32).log_softmax(1).mul(targets).sum().neg();
        double value = loss.ReadNumber();
        if (!double.IsFinite(value))
        {
            throw Diverged(rate, $"the loss is {value.ToString(CultureInfo.InvariantCulture)}");
        }

        loss.backward();
        _state.Step(rate, _position.Step + 1);
        return (value, CountRight(logits, batch.Labels));
    }

    private static long CountRight(Tensor logits, int[] labels)
    {
        using IDisposable guard = no_grad();
        using Tensor predicted = logits.argmax(1).cpu();
        return predicted.data<long>().Zip(labels).Count(pair => pair.First == pair.Second);
    }

    private TrainingEnd? EndEpoch(EpochOrder order)
    {
        double rate = RateAt(order.Batches - 1, order);
        if (!_state.Weights.AreFinite())
        {
            throw Diverged(rate, "a weight is no longer finite");
        }

        ClassificationMetrics? validation;
        try
        {
            validation = _validation is null ? null : _state.WithAverage(() => Evaluate(_validation, _cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return TrainingEnd.Cancelled;
        }

        bool isBest = validation is not null && EpochRanking.IsBetter(_options.SelectBy, validation, _history.Best);
        Tick();
        var record = new EpochRecord(
            _position.Epoch, rate, _position.LossSum / _position.Seen, (double)_position.Right / _position.Seen, validation?.Loss, validation?.Accuracy,
            validation?.TopFiveAccuracy, validation?.MacroF1, isBest, _position.EpochSeconds);
        _history = new TrainingHistory(_history.Epochs.Add(record));
        if (isBest && KeepsBest)
        {
            _state.KeepAsBest();
        }

        _position = _position with { Epoch = _position.Epoch + 1, Batch = 0, LossSum = 0, Right = 0, Seen = 0, EpochSeconds = 0 };
        FitEpochs(record.Seconds);
        _report(new EpochCompleted(record, validation, TimeSpan.FromSeconds(Seconds), TimeLeft(0)));
        Save();
        return null;
    }

    private void FitEpochs(double secondsOfFirst)
    {
        if (_position.Epoch != 1 || _options.MaxDuration is not { } limit)
        {
            return;
        }

        // A double may be larger than any int.
        int epochs = (int)Math.Clamp(Math.Floor(ShareOfTimeUsed * limit.TotalSeconds / secondsOfFirst), 1, _options.Epochs);
        if (epochs < _options.Epochs)
        {
            _position = _position with { Epochs = epochs };
            _report(new EpochsFitted(epochs));
        }
    }

    private bool HasNoPatienceLeft() => _options.Patience is { } patience && _history.Best is { } best && _position.Epoch - 1 - best.Epoch >= patience;

    private TrainingResult Conclude(TrainingEnd end)
    {
        _state.Conclude(KeepsBest);
        int? weightsOf = KeepsBest && _history.Best is { } best ? best.Epoch : _position.Batch == 0 && _position.Epoch > 0 ? _position.Epoch - 1 : null;
        ClassificationMetrics? validation = _validation is null || end == TrainingEnd.Cancelled ? null : Evaluate(_validation, CancellationToken.None);
        Tick();
        return new TrainingResult(end, _position.Epochs, weightsOf, _history, validation, TimeSpan.FromSeconds(Seconds));
    }

    private ClassificationMetrics Evaluate(LabelledImages images, CancellationToken cancellationToken) =>
        NetworkEvaluator.Evaluate(_network, images, Math.Max(_options.BatchSize, 128), _device, _state.Weights.Precision, cancellationToken);

    private TrainingDivergedException Diverged(double rate, string what)
    {
        if (_state.HasBest)
        {
            _state.Conclude(usesBest: true);
        }

        return new TrainingDivergedException(_position.Epoch, _position.Batch, rate, what);
    }

    private void SaveIfDue(EpochOrder order)
    {
        if (_options.CheckpointInterval is { } interval && _position.Batch < order.Batches && Stopwatch.GetElapsedTime(_lastSaved) >= interval && _state.Weights.AreFinite())
        {
            Save();
        }
    }

    private void Save()
    {
        _lastSaved = Stopwatch.GetTimestamp();
        Tick();
        if (_checkpoint is not null)
        {
            _checkpoint.Save(_state.All(), _position, _history);
            _report(new CheckpointSaved(_checkpoint.Path, _position.Epoch, _position.Batch));
        }
    }

    private double RateAt(int batch, EpochOrder order) =>
        LearningRates.At(_options, _position.Epoch + (double)batch / order.Batches, 1d / order.Batches, _position.Epochs);

    private TimeSpan TimeLeft(double partOfEpoch)
    {
        double done = _position.Epoch + partOfEpoch;
        return TimeSpan.FromSeconds(done > 0 ? Seconds / done * (_position.Epochs - done) : 0);
    }

    // Moves the time that has passed into the position.
    private void Tick()
    {
        double passed = _watch.Elapsed.TotalSeconds;
        _watch.Restart();
        _position = _position with { Seconds = _position.Seconds + passed, EpochSeconds = _position.EpochSeconds + passed };
    }
}
