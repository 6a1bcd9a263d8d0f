using System.Runtime.InteropServices;

namespace RankNas.Tool;

/// <summary>Ends the process at once: nothing is waited for, and no destructor runs beside threads that are still at work.</summary>
internal static class HardExit
{
    public static void With(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(exitCode);
        }

        Exit(exitCode);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int exitCode);
}
