using RankNas.Torch;
using RankNas.Torch.Elf;

// Writes a libLibTorchSharp.so that loads on systems with an old libstdc++ too: RankNas.NativePatch <original> <patched>.
if (args is not [string original, string patched])
{
    Console.Error.WriteLine("RankNas.NativePatch <original> <patched>");
    return 2;
}

try
{
    byte[] library = File.ReadAllBytes(original);
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(patched))!);
    File.WriteAllBytes(patched, LibTorchSharpPatch.Apply(library) ?? library);
    return 0;
}
catch (Exception exception) when (exception is ElfFormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{original} : error RANKNAS001: {exception.Message}");
    return 1;
}
