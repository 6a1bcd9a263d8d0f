using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Training;

/// <summary>Trains a network to classify images.</summary>
/// <remarks>
/// On the CPU the same seed, options, images and initial weights give the same weights bit for bit, on the same machine with the same number of libtorch's
/// threads, resumed or not. Layers that draw random numbers, such as dropout, draw them from TorchSharp's global generator, which is not a part of this.
/// Training runs on a thread of its own, and batches are prepared on others. Train one network at a time in a process: libtorch's backward
/// convolutions are not safe for several.
/// </remarks>
public sealed class NetworkTrainer
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly LabelledImages _training;
    private readonly LabelledImages? _validation;
    private readonly TrainingOptions _options;
    private int _isRunning;

    /// <summary>Initializes the trainer and checks the options.</summary>
    /// <param name="network">A network in float32 from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>. It is trained itself, and moved to the options' device.</param>
    /// <param name="training">The images to train on, two or more.</param>
    /// <param name="validation">The images to choose the best epoch by, of the same shape, classes and normalisation; null for none.</param>
    /// <param name="options">The options; the defaults where null.</param>
    /// <exception cref="ArgumentException">An option, the images or the network do not match this description; the message says which.</exception>
    public NetworkTrainer(nn.Module<Tensor, Tensor> network, LabelledImages training, LabelledImages? validation = null, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        TorchRuntime.EnsureLoaded();
        _options = options ?? new TrainingOptions();
        TrainingOptionsCheck.Check(_options, training, validation);
        (_network, _training, _validation) = (network, training, validation);
        CheckNetwork(network);
    }

    /// <summary>Trains, or goes on from the checkpoint, and tells what happens.</summary>
    /// <remarks>
    /// The last event is <see cref="TrainingFinished"/>. Cancelling is no error: training stops after the batch at hand, saves its checkpoint, and finishes
    /// with the best weights so far. Leaving the loop early does the same.
    /// </remarks>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="TrainingDivergedException">The loss is no longer finite.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another run; the network is not changed.</exception>
    /// <exception cref="InvalidOperationException">The network's output does not match the images, or this trainer is running already.</exception>
    /// <exception cref="IOException">The checkpoint cannot be written.</exception>
    public async IAsyncEnumerable<TrainingEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateUnbounded<TrainingEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        Task training = Task.Factory.StartNew(() => Run(events.Writer, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (TrainingEvent happened in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return happened;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await training.ConfigureAwait(false);
        }
    }

    /// <summary>Trains, or goes on from the checkpoint, to the end.</summary>
    /// <param name="progress">What is told what happens; null for nothing.</param>
    /// <param name="cancellationToken">Stops the training, which then returns with the best weights so far.</param>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<TrainingResult> TrainAsync(IProgress<TrainingEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        TrainingResult? result = null;
        await foreach (TrainingEvent happened in RunAsync(cancellationToken).ConfigureAwait(false))
        {
            progress?.Report(happened);
            result = (happened as TrainingFinished)?.Result ?? result;
        }

        return result!;
    }

    private void Run(ChannelWriter<TrainingEvent> events, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 1)
        {
            events.Complete(new InvalidOperationException("This trainer is running already: wait until it has ended."));
            return;
        }

        try
        {
            TrainingResult result;
            using (var run = new TrainingRun(_network, _training, _validation, _options, happened => events.TryWrite(happened), cancellationToken))
            {
                result = run.Run();
            }

            events.TryWrite(new TrainingFinished(result));
            events.Complete();
        }
#pragma warning disable CA1031 // It is thrown where the events are read.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            events.Complete(exception);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private static void CheckNetwork(nn.Module<Tensor, Tensor> network)
    {
        foreach ((string name, var parameter) in network.named_parameters())
        {
            if (parameter.dtype != ScalarType.Float32)
            {
                throw new ArgumentException($"The network's '{name}' is in {parameter.dtype}: train in float32, by network.to(ScalarType.Float32).", nameof(network));
            }
        }

        if (!network.parameters().Any(parameter => parameter.requires_grad))
        {
            throw new ArgumentException("The network has no parameter that takes a gradient: there is nothing to train.", nameof(network));
        }
    }
}
