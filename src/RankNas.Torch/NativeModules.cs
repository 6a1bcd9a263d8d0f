using System.Reflection;
using System.Runtime.InteropServices;

namespace RankNas.Torch;

/// <summary>The native halves of modules, which TorchSharp does not always free.</summary>
/// <remarks>
/// In TorchSharp 0.107, convolutions, linear layers, PReLU and Bilinear dispose their parameters and stop there: the native module and its box, some 600 bytes,
/// are out of reach from then on. A network has dozens of them, a search tens of thousands of networks.
/// </remarks>
internal static class NativeModules
{
    // Another version of TorchSharp may have neither, and nothing to make up for.
    private static readonly FieldInfo? Handle = FieldOf("handle");
    private static readonly FieldInfo? Box = FieldOf("boxedModule");

    /// <summary>Has a network disposed wholly at the end of a scope.</summary>
    /// <returns>Calls <see cref="Dispose"/> when disposed.</returns>
    public static IDisposable Own(nn.Module network) => new Owner(network);

    /// <summary>Disposes a network, and frees what its layers left.</summary>
    /// <param name="network">A network that nobody uses any more.</param>
    public static void Dispose(nn.Module network)
    {
        nn.Module[] modules = [.. network.modules().Prepend(network).Distinct()];
        network.Dispose();
        Free(modules);
    }

    /// <summary>Frees what modules left as they were disposed.</summary>
    /// <param name="disposed">The modules; nothing happens to those that left nothing.</param>
    public static void Free(IEnumerable<nn.Module> disposed)
    {
        foreach (nn.Module module in disposed)
        {
            if (Handle?.GetValue(module) is SafeHandle { IsInvalid: false } handle)
            {
                handle.Dispose();
                handle.SetHandleAsInvalid();
                (Box?.GetValue(module) as IDisposable)?.Dispose();
            }
        }
    }

    private static FieldInfo? FieldOf(string name) => typeof(nn.Module).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic);

    private sealed class Owner(nn.Module network) : IDisposable
    {
        public void Dispose() => NativeModules.Dispose(network);
    }
}
