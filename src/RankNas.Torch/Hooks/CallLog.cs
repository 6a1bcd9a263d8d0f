using TorchSharp.Modules;

namespace RankNas.Torch.Hooks;

/// <summary>Notes which modules of a network are called by <c>call</c>, where hooks see them, and tells which layers ran unseen.</summary>
/// <remarks>
/// A layer that was not seen is idle, as on a branch that is not taken, unless the module that holds it ran and calls others by
/// <c>forward</c>.
/// </remarks>
internal sealed class CallLog : IDisposable
{
    private readonly nn.Module _network;
    private readonly List<Place> _places = [];
    private readonly HashSet<nn.Module> _called = new(ReferenceEqualityComparer.Instance);
    private readonly List<Action> _removals = [];

    private CallLog(nn.Module network) => _network = network;

    /// <summary>Begins to watch, until disposal.</summary>
    public static CallLog Attach(nn.Module network)
    {
        var log = new CallLog(network);
        if (network is GraphModule)
        {
            // Its structure is known: it calls every layer by call.
            return log;
        }

        log.Visit(network, network, "", new HashSet<nn.Module>(ReferenceEqualityComparer.Instance));
        foreach (nn.Module<Tensor, Tensor> module in log._places.Select(place => place.Module).OfType<nn.Module<Tensor, Tensor>>().Distinct())
        {
            log._removals.Add(module.register_forward_pre_hook((called, input) =>
            {
                log._called.Add(called);
                return input;
            }).remove);
        }

        return log;
    }

    /// <summary>Finds a layer that ran and was not seen.</summary>
    /// <returns>What it is, with its name and why it was not seen; null where there is none.</returns>
    public string? FindUnseen(Func<nn.Module, bool> isWatched) => _places
        .Where(place => isWatched(place.Module) && !_called.Contains(place.Module) && RanUnseen(place))
        .Select(place => $"{place.Name} ({place.Module.GetType().Name}), which {place.Owner.GetType().Name} calls by forward(): write call(…)")
        .FirstOrDefault();

    /// <summary>Finds a layer that computes natively what hooks would have to see.</summary>
    /// <returns>Its name and type; null where there is none.</returns>
    public string? FindModule(Func<nn.Module, bool> isWanted) => _places
        .Where(place => isWanted(place.Module)).Select(place => $"into {place.Name} ({place.Module.GetType().Name})").FirstOrDefault();

    /// <summary>Finds a function that a module of the user's own calls in place of a layer.</summary>
    /// <returns>The function and the module's type; null where there is none.</returns>
    public string? FindFunction(IReadOnlySet<string> names) => UserModules()
        .Select(module => ModuleCode.Of(module.GetType()).Functions.Concat(ModuleCode.FunctionsInFieldsOf(module)).FirstOrDefault(names.Contains) is { } function
            ? $"{function}(…) in {module.GetType().Name}.forward()"
            : null)
        .FirstOrDefault(found => found is not null);

    public void Dispose() => _removals.ForEach(remove => remove());

    private IEnumerable<nn.Module> UserModules() =>
        _places.Select(place => place.Module).Prepend(_network).Where(module => !ModuleCode.IsOfLibrary(module) && MayHaveRun(module)).Distinct();

    private bool RanUnseen(Place place) =>
        !ModuleCode.IsOfLibrary(place.Owner) && ModuleCode.Of(place.Owner.GetType()).CallsForward && MayHaveRun(place.Owner);

    private bool MayHaveRun(nn.Module module) =>
        ReferenceEquals(module, _network)
        || _called.Contains(module)
        || _places.Exists(place => ReferenceEquals(place.Owner, module) && !ReferenceEquals(place.Module, module) && WasSeen(place.Module))
        || _places.Exists(place => ReferenceEquals(place.Module, module) && !ReferenceEquals(place.Owner, module)
            && (RanUnseen(place) || (IsNeverSeen(module) && MayHaveRun(place.Owner))));

    // Calls are noted of modules from one tensor to one only.
    private static bool IsNeverSeen(nn.Module module) => module is not nn.Module<Tensor, Tensor>;

    private bool WasSeen(nn.Module module) =>
        _called.Contains(module)
        || _places.Exists(place => ReferenceEquals(place.Owner, module) && !ReferenceEquals(place.Module, module) && WasSeen(place.Module));

    // Lists of modules are no callers: what holds the list is.
    private void Visit(nn.Module module, nn.Module owner, string name, HashSet<nn.Module> visited)
    {
        _places.Add(new Place(name, module, owner));
        if (!visited.Add(module))
        {
            return;
        }

        nn.Module next = IsList(module) ? owner : module;
        foreach ((string child, nn.Module inner) in module.named_children())
        {
            Visit(inner, next, name.Length == 0 ? child : $"{name}.{child}", visited);
        }
    }

    private static bool IsList(nn.Module module) =>
        module.GetType() is { IsGenericType: true } type
        && (type.GetGenericTypeDefinition() == typeof(ModuleList<>) || type.GetGenericTypeDefinition() == typeof(ModuleDict<>));

    private sealed record Place(string Name, nn.Module Module, nn.Module Owner);
}
