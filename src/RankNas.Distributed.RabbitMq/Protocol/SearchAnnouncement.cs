namespace RankNas.Distributed.Protocol;

/// <summary>A search tells workers what it takes to score for it.</summary>
/// <param name="Protocol">The version of the messages.</param>
/// <param name="Version">The searcher's version of RankNas.</param>
/// <param name="Search">The search's key.</param>
/// <param name="WorkQueue">The queue of units.</param>
/// <param name="ReplyQueue">The queue of replies.</param>
/// <param name="Scope">The scope of the first repeat.</param>
/// <param name="Proxies">The proxies.</param>
/// <param name="HasLabels">Whether the images have labels.</param>
/// <param name="SendsGraphs">Whether units carry the graphs of their architectures.</param>
/// <param name="TimeLimitSeconds">How long a step may take, in seconds; 0 for ever.</param>
/// <param name="AcceptsOtherNumerics">Whether answers by other numerics are taken.</param>
/// <param name="UsesKernels">Whether the CPU kernels are used.</param>
/// <param name="AllowsTensorFloat32">Whether GPUs may compute in TF32.</param>
internal sealed record SearchAnnouncement(
    int Protocol,
    string Version,
    string Search,
    string WorkQueue,
    string ReplyQueue,
    ScoreScope Scope,
    ImmutableArray<ProxyDescriptor> Proxies,
    bool HasLabels,
    bool SendsGraphs,
    double TimeLimitSeconds,
    bool AcceptsOtherNumerics,
    bool UsesKernels,
    bool AllowsTensorFloat32);

/// <summary>A search has ended.</summary>
internal sealed record SearchOver(string Search);

/// <summary>Somebody asks workers and searches to tell of themselves.</summary>
internal sealed record WhoIsThere(string Asker);

/// <summary>A worker asks a search for a part of its images.</summary>
internal sealed record ImagesWanted(string Worker, int Part);

/// <summary>A part of a search's images: normalised values <c>[N, H, W, C]</c> as float64 and then labels <c>[N]</c> as int64, both little-endian.</summary>
internal sealed record ImagesPart(string Search, int Part, int Parts, byte[] Data);
