using System.Reflection;
using System.Runtime.Loader;
using RankNas.Torch;

namespace RankNas.Distributed.Working;

/// <summary>Spaces, proxies, noise generators and initialisers of your own that a worker knows. Searches name them by their ids, and nothing in a message is ever loaded or run.</summary>
/// <param name="Spaces">Spaces, such as those that build modules: others are described by the search.</param>
/// <param name="Proxies">Proxies, with the settings of the search.</param>
/// <param name="Noises">Noise generators.</param>
/// <param name="Initializers">Initialisers.</param>
public sealed record WorkerParts(
    ImmutableArray<ISearchSpace> Spaces,
    ImmutableArray<IZeroCostProxy> Proxies,
    ImmutableArray<NoiseGenerator> Noises,
    ImmutableArray<WeightInitializer> Initializers)
{
    /// <summary>Gets no parts.</summary>
    public static WorkerParts None { get; } = new([], [], [], []);

    /// <summary>Loads an assembly and creates what it has: every public class that is one of these and has a public constructor without parameters.</summary>
    /// <remarks>It runs code of that assembly with all rights of this process. Load only what you have built or trust.</remarks>
    /// <param name="path">The assembly.</param>
    /// <exception cref="ClusterException">It cannot be loaded, or has no such class; the message says why.</exception>
    public static WorkerParts FromAssembly(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        try
        {
            var resolver = new AssemblyDependencyResolver(full);
            AssemblyLoadContext.Default.Resolving += (context, name) =>
                resolver.ResolveAssemblyToPath(name) is { } dependency ? context.LoadFromAssemblyPath(dependency) : null;
            Type[] types = [.. AssemblyLoadContext.Default.LoadFromAssemblyPath(full).GetExportedTypes()
                .Where(type => !type.IsAbstract && !type.ContainsGenericParameters && type.GetConstructor(Type.EmptyTypes) is not null)];
            var parts = new WorkerParts(All<ISearchSpace>(types), All<IZeroCostProxy>(types), All<NoiseGenerator>(types), All<WeightInitializer>(types));
            return parts.Spaces.Length + parts.Proxies.Length + parts.Noises.Length + parts.Initializers.Length > 0
                ? parts
                : throw new ClusterException($"'{path}' has no public class with a constructor without parameters that is an {nameof(ISearchSpace)}, {nameof(IZeroCostProxy)}, {nameof(NoiseGenerator)} or {nameof(WeightInitializer)}.");
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or UnauthorizedAccessException or TypeLoadException
            or InvalidOperationException and not ClusterException or TargetInvocationException)
        {
            throw new ClusterException($"The assembly '{path}' cannot be loaded: {ErrorText.FirstLineOf(exception)}", exception);
        }
    }

    /// <summary>Puts these parts before others.</summary>
    /// <param name="other">The others.</param>
    public WorkerParts With(WorkerParts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new WorkerParts([.. Spaces, .. other.Spaces], [.. Proxies, .. other.Proxies], [.. Noises, .. other.Noises], [.. Initializers, .. other.Initializers]);
    }

    private static ImmutableArray<T> All<T>(Type[] types) => [.. types.Where(typeof(T).IsAssignableFrom).Select(type => (T)Activator.CreateInstance(type)!)];
}
