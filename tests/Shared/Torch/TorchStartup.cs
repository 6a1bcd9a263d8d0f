using System.Runtime.CompilerServices;

namespace RankNas.Tests;

internal static class TorchStartup
{
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.EnsureLoaded();
}
