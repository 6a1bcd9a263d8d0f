using RankNas.Images;

namespace RankNas.Tool.Arguments;

/// <summary><c>--images</c>: what the proxies look at.</summary>
internal static class ImagesOption
{
    public static Option<string> Create() => new PathOption(
        "--images",
        "A CIFAR-10 or CIFAR-100 binary file, or a folder of them; without it, a seeded synthetic batch serves.",
        "data_batch_1.bin",
        PathUse.InputOrFolder,
        "FILE.bin|DIR");

    /// <summary>Opens the images; null where none were named.</summary>
    public static ProbeImages? Resolve(string? path) => path is null ? null : InputOption.Read("--images", () => ProbeImages.FromFile(path));
}
