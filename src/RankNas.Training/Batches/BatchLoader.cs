#pragma warning disable RS0030 // The thread that trains is its own, and has nothing else to do than to wait for a batch.

namespace RankNas.Training.Batches;

/// <summary>Prepares the batches of an epoch on other threads, a few ahead of the one that trains.</summary>
internal sealed class BatchLoader(BatchFactory factory, EpochOrder order, int epoch, int firstBatch) : IDisposable
{
    private static readonly int Ahead = Math.Clamp(Environment.ProcessorCount / 2, 2, 8);
    private readonly Queue<Task<PreparedBatch>> _batches = [];
    private int _next = firstBatch;

    /// <summary>Waits for the next batch. The caller disposes it.</summary>
    public PreparedBatch Next()
    {
        while (_batches.Count <= Ahead && _next < order.Batches)
        {
            int batch = _next++;
            _batches.Enqueue(Task.Run(() => factory.Make(epoch, order[batch])));
        }

        return _batches.Dequeue().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        foreach (Task<PreparedBatch> batch in _batches)
        {
            batch.GetAwaiter().GetResult().Dispose();
        }
    }
}
