using RankNas;
using TorchSharp;

// Starts libtorch and says how it went: the allocator, and the sum of six ones.
try
{
    TorchRuntime.EnsureLoaded();
    Console.WriteLine($"{TorchAllocator.KeepFreedMemory()} {torch.ones(2, 3).sum().item<float>()}");
    return 0;
}
catch (TorchRuntimeException exception)
{
    Console.WriteLine(exception.Message);
    return 1;
}
