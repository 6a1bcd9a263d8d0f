namespace RankNas;

/// <summary>Reports at once: the runtime's own <see cref="Progress{T}"/> reports late, and in any order.</summary>
internal sealed class SynchronousProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
