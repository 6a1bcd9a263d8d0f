using System.Runtime.CompilerServices;
using RankNas.Torch;

namespace RankNas.Tests;

internal static class TorchStartup
{
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.EnsureLoaded();
}
