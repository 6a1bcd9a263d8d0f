using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainTheWinner;

/// <summary>Trains a network by SGD with Nesterov momentum, its learning rate falling along half a cosine.</summary>
internal sealed class Trainer : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly TrainingOptions _options;
    private readonly SGD _optimizer;

    public Trainer(nn.Module<Tensor, Tensor> network, TrainingOptions options)
    {
        _network = network;
        _options = options;
        _optimizer = optim.SGD(
            network.parameters(), options.LearningRate, momentum: TrainingOptions.Momentum, weight_decay: TrainingOptions.WeightDecay, nesterov: true);
    }

    /// <summary>Gets the optimiser's memory of each parameter, in the parameters' order.</summary>
    public IReadOnlyList<SGD.State> Momentum => [.. _optimizer.state_dict().State.Cast<SGD.State>()];

    /// <summary>Goes once through the images. Order and augmentation come from the seed and the epoch, so there is no generator to save.</summary>
    public EpochFigures TrainEpoch(LabelledImages images, int epoch, Action<double> report)
    {
        var watch = Stopwatch.StartNew();
        Random random = LabelledImages.SeededRandom(_options.Seed, string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}"));
        int[] order = [.. images.Places];
        random.Shuffle(order);
        var augmentation = new Augmentation(random);
        SetLearningRate(epoch);
        _network.train();
        double loss = 0;
        long right = 0;
        for (int first = 0; first < order.Length; first += _options.BatchSize)
        {
            int[] places = order[first..Math.Min(first + _options.BatchSize, order.Length)];
            (double batchLoss, long batchRight) = Step(images, places, augmentation);
            loss += batchLoss * places.Length;
            right += batchRight;
            report((double)(first + places.Length) / order.Length);
        }

        return new EpochFigures(loss / order.Length, (double)right / order.Length, watch.Elapsed);
    }

    /// <summary>Computes the share of images that the network gets right.</summary>
    public double AccuracyOn(LabelledImages images)
    {
        using IDisposable guard = no_grad();
        _network.eval();
        long right = 0;
        foreach (int[] places in images.Places.Chunk(_options.BatchSize))
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor batch, Tensor labels) = images.Batch(places, Augmentation.None);
            right += CountRight(_network.call(batch), labels);
        }

        return (double)right / images.Count;
    }

    public void Dispose() => _optimizer.Dispose();

    private (double Loss, long Right) Step(LabelledImages images, int[] places, Augmentation augmentation)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor batch, Tensor labels) = images.Batch(places, augmentation.Apply);
        _optimizer.zero_grad();
        Tensor logits = _network.call(batch);
        Tensor loss = nn.functional.cross_entropy(logits, labels);
        loss.backward();
        _optimizer.step();
        return (loss.item<float>(), CountRight(logits, labels));
    }

    private static long CountRight(Tensor logits, Tensor labels) => logits.argmax(1).eq(labels).sum().item<long>();

    private void SetLearningRate(int epoch)
    {
        double rate = _options.LearningRate * (1 + Math.Cos(Math.PI * epoch / _options.Epochs)) / 2;
        foreach (optim.ILearningRateController group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }
    }
}
