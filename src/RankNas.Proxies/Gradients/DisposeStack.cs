namespace RankNas.Proxies.Gradients;

/// <summary>Disposes what was pushed, the last first, each whatever the others throw.</summary>
internal sealed class DisposeStack : IDisposable
{
    private readonly Stack<IDisposable> _owned = new();

    public T Push<T>(T owned)
        where T : IDisposable
    {
        _owned.Push(owned);
        return owned;
    }

    public void Dispose()
    {
        if (_owned.TryPop(out IDisposable? last))
        {
            try
            {
                last.Dispose();
            }
            finally
            {
                Dispose();
            }
        }
    }
}
