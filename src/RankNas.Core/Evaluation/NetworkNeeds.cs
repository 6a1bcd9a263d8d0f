using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Finds out, before anything is scored, whether a space's networks are what the proxies need.</summary>
internal static class NetworkNeeds
{
    // Networks of one space may differ: only where so many lack the same, none will have it.
    private const int Networks = 8;

    // Most take some milliseconds to build. A space that takes longer is told by the search itself what it lacks.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <summary>Builds a network of the space, and more where it lacks something; none where no proxy needs anything.</summary>
    /// <exception cref="ProxyNotApplicableException">None of them has what a proxy needs.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task CheckAsync(EvaluationSetup setup, CancellationToken cancellationToken)
    {
        IZeroCostProxy[] needing = [.. setup.Proxies.Where((proxy, index) => ComponentError.Guard(
            () => $"The proxy '{setup.Descriptors[index].Id}' failed in {nameof(proxy.RequiredNetwork)}", () => proxy.RequiredNetwork, cancellationToken) is not null)];
        if (needing.Length == 0)
        {
            return;
        }

        try
        {
            await Task.Run(() => Check(setup, needing), CancellationToken.None).WaitAsync(MostTime, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A network that does not end is a failed score.
        }
    }

    private static void Check(EvaluationSetup setup, IZeroCostProxy[] unmet)
    {
        var random = new Random(0);
        Type? seen = null;
        for (int network = 0; network < Networks && unmet.Length > 0; network++)
        {
            if (TypeOfNetwork(setup, random) is not { } type)
            {
                // What cannot be drawn or built here is told by the search itself, architecture by architecture.
                return;
            }

            seen = type;
            unmet = [.. unmet.Where(proxy => !proxy.RequiredNetwork!.IsAssignableFrom(type))];
        }

        if (unmet.Length > 0)
        {
            throw Refusal(setup.Space, unmet, seen!);
        }
    }

    private static Type? TypeOfNetwork(EvaluationSetup setup, Random random)
    {
        using DisposeScope scope = NewDisposeScope();
        try
        {
            nn.Module<Tensor, Tensor> network = setup.Space.BuildNetwork(setup.Space.Sample(random), setup.Images.Shape);
            using IDisposable owner = NativeModules.Own(network);
            return network.GetType();
        }
#pragma warning disable CA1031 // Whatever a space throws is a failed score later on.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static ProxyNotApplicableException Refusal(ISearchSpace space, IZeroCostProxy[] unmet, Type network)
    {
        string needs = string.Join("; ", unmet.GroupBy(proxy => proxy.RequiredNetwork!).Select(same =>
            $"{string.Join(", ", same.Select(proxy => proxy.Id))} {(same.Count() == 1 ? "needs" : "need")} networks that implement {same.Key.Name}"));
        string them = unmet.Length == 1 ? "it" : "them";
        return new ProxyNotApplicableException(
            $"{needs}, and those of the space '{space.Id}' ({network.Name}) do not: leave {them} out, or add others, as by AddNoiseImmunity().AddNaswot().AddLogSynFlow()");
    }
}
