using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace RankNas.Torch;

/// <summary>NNPACK, an old library of convolutions inside libtorch.</summary>
internal static class Nnpack
{
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetUserEnabled = "_ZN2at7Context20setUserEnabledNNPACKEb";

    /// <summary>Has libtorch not try NNPACK: where the processor is too new for it, each convolution would write a warning to standard error.</summary>
    /// <remarks>It is what <c>torch.backends.nnpack.set_flags(False)</c> does in Python; TorchSharp has no word for it.</remarks>
    [SupportedOSPlatform("linux")]
    public static unsafe void TurnOff()
    {
        if (LoadedLibrary.Find(LoadedLibrary.Libtorch) is var library and not 0
            && NativeLibrary.TryGetExport(library, GlobalContext, out nint globalContext)
            && NativeLibrary.TryGetExport(library, SetUserEnabled, out nint setUserEnabled))
        {
            nint context = ((delegate* unmanaged<nint>)globalContext)();
            ((delegate* unmanaged<nint, byte, void>)setUserEnabled)(context, 0);
        }
    }
}
