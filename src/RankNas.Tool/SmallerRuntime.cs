using System.Collections;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using RankNas.Torch;

namespace RankNas.Tool;

/// <summary>The runtime with less address space of its own.</summary>
/// <remarks>
/// Where <c>ulimit -v</c> limits it, the runtime reserves half of all addresses for its heap as it starts, and libtorch does not fit into the rest. How much it
/// reserves is said by the environment, which is read before the first line of a program: so the program is started again, as the same process.
/// </remarks>
internal static unsafe partial class SmallerRuntime
{
    private const string Setting = "DOTNET_GCRegionRange";

    // Half a gigabyte, in hexadecimal as the runtime reads it: ten times what a search has on the heap.
    private const string Range = "20000000";

    // libtorch takes half a gigabyte, threads and their heaps 72 MB each.
    private const long LeastRoom = 3L << 29;

    /// <summary>Starts the program again where addresses are short; the call does not come back then.</summary>
    public static void UseWhereAddressesAreShort()
    {
        if (OperatingSystem.IsLinux() && AddressSpace.Room < LeastRoom && Environment.GetEnvironmentVariable(Setting) is null)
        {
            StartAgain();
        }
    }

    [SupportedOSPlatform("linux")]
    private static void StartAgain()
    {
        byte[][] arguments = [.. Split(File.ReadAllBytes("/proc/self/cmdline"))];
        byte[][] environment =
        [
            .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => Encoding.UTF8.GetBytes($"{variable.Key}={variable.Value}\0")),
            Encoding.UTF8.GetBytes($"{Setting}={Range}\0"),
        ];

        // Where the system starts nothing, the program goes on as it is.
        _ = Execute("/proc/self/exe", Pin(arguments), Pin(environment));
    }

    // Each with the zero that ends it.
    private static IEnumerable<byte[]> Split(byte[] text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = Array.IndexOf(text, (byte)0, start) + 1;
            yield return text[start..end];
            start = end;
        }
    }

    private static byte*[] Pin(byte[][] texts)
    {
        byte*[] pointers = new byte*[texts.Length + 1];
        for (int index = 0; index < texts.Length; index++)
        {
            pointers[index] = (byte*)GCHandle.Alloc(texts[index], GCHandleType.Pinned).AddrOfPinnedObject();
        }

        return pointers;
    }

    private static int Execute(string path, byte*[] arguments, byte*[] environment)
    {
        fixed (byte** firstArgument = arguments)
        fixed (byte** firstVariable = environment)
        {
            return Execute(path, firstArgument, firstVariable);
        }
    }

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string path, byte** arguments, byte** environment);
}
