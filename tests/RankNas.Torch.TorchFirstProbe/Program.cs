using RankNas.Torch;
using static TorchSharp.torch;

// Uses TorchSharp before anything of RankNas has run, and RankNas after it.
using Tensor six = ones(2, 3);
TorchRuntime.EnsureLoaded();
Console.WriteLine(six.sum().item<float>());
