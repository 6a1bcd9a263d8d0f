using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace RankNas.Tests;

internal static class NativeHalf
{
    private static readonly FieldInfo Handle = typeof(nn.Module).GetField("handle", BindingFlags.Instance | BindingFlags.NonPublic)!;

    // What TorchSharp itself goes by.
    public static bool IsFree(nn.Module module) => ((SafeHandle)Handle.GetValue(module)!).IsInvalid;
}
