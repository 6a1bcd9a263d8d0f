using RankNas.Images;
using RankNas.Proxies;
using RankNas.Tool.Bench.Contenders;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Rivals;

/// <summary>A rival: one network after the other on all cores, or as many at once as there are workers, each on one.</summary>
internal sealed class RivalContender : IContender
{
    private readonly ISearchSpace _space;
    private readonly Action<ISearchSpace, Architecture, Tensor, Tensor> _score;
    private readonly int _workers;
    private readonly Tensor _images;
    private readonly Tensor _noisyImages;

    public RivalContender(
        ISearchSpace space,
        ProbeImages images,
        int batch,
        bool channelsLast,
        Action<ISearchSpace, Architecture, Tensor, Tensor> score,
        int workers)
    {
        TorchRuntime.EnsureLoaded();
        Tensor plain = images.Take(batch, ScalarType.Float32, CPU);
        Tensor noisy = plain + NoiseGenerator.Gaussian.Draw(plain.shape, 0);
        (_space, _score, _workers) = (space, score, workers);
        (_images, _noisyImages) = channelsLast ? (TensorLayout.ChannelsLast(plain), TensorLayout.ChannelsLast(noisy)) : (plain, noisy);
    }

    public Task ScoreAsync(Architecture[] block, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, _workers).Select(worker => Task.Factory.StartNew(() => Work(block, worker), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private void Work(Architecture[] block, int worker)
    {
        set_num_threads(Environment.ProcessorCount / _workers);
        for (int index = worker; index < block.Length; index += _workers)
        {
            using DisposeScope scope = NewDisposeScope();
            _score(_space, block[index], _images, _noisyImages);
        }
    }
}
