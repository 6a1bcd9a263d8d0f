using RankNas.Images;
using RankNas.Torch;

namespace RankNas.Distributed.Working;

/// <summary>Makes of a search's announcement what scores for it.</summary>
internal sealed class EvaluatorFactory(ClusterWorkerOptions options)
{
    /// <summary>Finds out, before images are fetched, why a search cannot be scored for.</summary>
    /// <returns>Why not, in a sentence; null where it can.</returns>
    public string? WhyNot(SearchAnnouncement search, string numerics)
    {
        if (search.Protocol != Wire.Version)
        {
            return $"The search is of RankNas {ShownText.Of(search.Version)}, and this worker of {Wire.Product}: install one version on all machines.";
        }

        if (search.Scope.Device != options.Devices[0].KindId)
        {
            return $"The search is for {ShownText.Of(search.Scope.Device)}, and this worker scores on {options.Devices[0].KindId}: start it with --device {ShownText.Of(search.Scope.Device)}, or the search with --device {options.Devices[0].KindId}.";
        }

        if (!search.AcceptsOtherNumerics && search.Scope.Numerics != numerics)
        {
            return $"The search asks for {ShownText.Of(search.Scope.Numerics)}, and this worker computes by {numerics}: use machines of one kind, start the search with --cluster-numerics {numerics}, or let it mix them by --accept-other-numerics.";
        }

        return search switch
        {
            _ when !search.SendsGraphs && FindSpace(search.Scope.Space) is null =>
                $"The space '{ShownText.Of(search.Scope.Space)}' builds modules, and this worker does not know it: start it with --load and the assembly that has it.",
            _ when search.Proxies.FirstOrDefault(proxy => FindProxy(proxy) is null) is { } proxy =>
                $"This worker has no proxy '{ShownText.Of(proxy.Id)}'{(proxy.Settings.Length > 0 ? $" with the settings '{ShownText.Of(proxy.Settings)}'" : "")}: start it with --load and the assembly that has it.",
            _ when FindInitializer(search.Scope.Initialization) is null =>
                $"This worker has no initialiser '{ShownText.Of(search.Scope.Initialization)}': start it with --load and the assembly that has it.",
            _ when FindNoise(ScopeParts.Of(search.Scope).Noise) is null =>
                $"This worker has no noise '{ShownText.Of(ScopeParts.Of(search.Scope).Noise)}': start it with --load and the assembly that has it.",
            _ => null,
        };
    }

    /// <summary>Makes the evaluator.</summary>
    /// <returns>The evaluator, and the space that is to be told of graphs; null where it needs none.</returns>
    public (IArchitectureEvaluator Evaluator, DescribedSpace? Space) Create(SearchAnnouncement search, ProbeImages images)
    {
        ScopeParts parts = ScopeParts.Of(search.Scope);
        DescribedSpace? described = search.SendsGraphs && FindOwnSpace(search.Scope.Space) is null ? new DescribedSpace(search.Scope.Space) : null;
        NasBuilder builder = NasBuilder.Create()
            .UseSpace(described ?? FindSpace(search.Scope.Space)!)
            .UseImages(images, parts.BatchSize)
            .UseInitializer(FindInitializer(search.Scope.Initialization)!)
            .UseNoise(FindNoise(parts.Noise)!)
            .WithPrecision(Enum.Parse<Precision>(search.Scope.Precision, ignoreCase: true))
            .WithSeed(search.Scope.Seed)
            .WithDevices(options.Devices)
            .WithoutKernels(!search.UsesKernels)
            .AllowTensorFloat32(search.AllowsTensorFloat32)
            .AcceptOtherNumerics(search.AcceptsOtherNumerics)
            .WithProxyTimeLimit(search.TimeLimitSeconds > 0 ? TimeSpan.FromSeconds(search.TimeLimitSeconds) : Timeout.InfiniteTimeSpan);
        if (options.Workers is { } workers)
        {
            builder.WithWorkers(workers);
        }

        foreach (ProxyDescriptor proxy in search.Proxies)
        {
            builder.AddProxy(FindProxy(proxy)!);
        }

        return (builder.BuildEvaluator(), described);
    }

    // A search that sends its graphs has a space of its own, which may be called as a built-in one.
    private ISearchSpace? FindOwnSpace(string id) => options.Parts.Spaces.FirstOrDefault(space => space.Id == id);

    private ISearchSpace? FindSpace(string id) => FindOwnSpace(id) ?? BuiltIns.FindSpace(id);

    private IZeroCostProxy? FindProxy(ProxyDescriptor wanted) =>
        options.Parts.Proxies.Concat(BuiltIns.Proxies.Values).FirstOrDefault(proxy => ProxyDescriptor.Of(proxy) == wanted) ?? BuiltIns.WithSettings(wanted);

    private WeightInitializer? FindInitializer(string id) =>
        options.Parts.Initializers.Append(WeightInitializer.Default).Append(WeightInitializer.SplitMix).FirstOrDefault(initializer => initializer.Id == id);

    private NoiseGenerator? FindNoise(string id) =>
        options.Parts.Noises.Append(NoiseGenerator.Gaussian).Append(NoiseGenerator.SplitMix).FirstOrDefault(noise => noise.Id == id);
}
