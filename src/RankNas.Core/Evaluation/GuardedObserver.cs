namespace RankNas;

/// <summary>Keeps one proxy's failure to itself while the forward pass goes on for the others.</summary>
internal sealed class GuardedObserver(IActivationObserver inner) : IActivationObserver
{
    private Exception? _failure;

    public void Observe(ForwardPass pass, LayerInput input)
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            inner.Observe(pass, input);
        }
#pragma warning disable CA1031 // Whatever a proxy throws is its score's failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = exception;
        }
    }

    public double Complete() => _failure is null ? inner.Complete() : throw _failure;

    public void Dispose() => inner.Dispose();
}
