using System.Reflection;
using System.Runtime.Loader;

namespace RankNas.Torch.Probe;

/// <summary>A load context as plugin hosts write it: what the plugin needs, native libraries included, comes from its own folder.</summary>
internal sealed class PluginContext(string plugin) : AssemblyLoadContext("plugin")
{
    private readonly AssemblyDependencyResolver _resolver = new(plugin);

    /// <summary>Runs the copy of this very program in a folder as a plugin.</summary>
    public static int Run(string folder)
    {
        string plugin = Path.Combine(folder, Path.GetFileName(typeof(PluginContext).Assembly.Location));
        MethodInfo main = new PluginContext(plugin).LoadFromAssemblyPath(plugin).EntryPoint!;
        return (int)main.Invoke(null, [Array.Empty<string>()])!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
