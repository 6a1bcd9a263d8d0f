using RankNas.Torch;
using RankNas.Torch.Probe;
using TorchSharp;

// Starts libtorch and says how it went: the sum of six ones, and where LibTorchSharp was loaded from.
// As "plugins", it does so in load contexts of their own, one for each folder, and not in the program's.
if (args is ["plugins", .. string[] folders])
{
    return folders.Sum(PluginContext.Run);
}

try
{
    TorchRuntime.EnsureLoaded();
    Console.WriteLine(torch.ones(2, 3).sum().item<float>());
    if (args is ["origin"])
    {
        Console.WriteLine(File.ReadLines("/proc/self/maps").First(line => line.Contains("LibTorchSharp", StringComparison.Ordinal)));
    }

    return 0;
}
catch (TorchRuntimeException exception)
{
    Console.WriteLine(exception.Message);
    return 1;
}
