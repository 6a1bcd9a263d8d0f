using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace RankNas.Tests;

/// <summary>What is at a path but no file: opening some of it would wait for ever, and reading some would never end.</summary>
internal static class SpecialFiles
{
    // A socket's file is gone with it.
    private static readonly ConcurrentBag<Socket> Sockets = [];

    /// <summary>The kinds, for theories.</summary>
    public static TheoryData<string> Kinds => ["folder", "pipe", "socket", "device", "link to a device"];

    /// <summary>Makes one in a folder; skips the test where there is none of the kind.</summary>
    public static string Create(TempFolder folder, string kind, string name = "special")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && kind != "folder", "Only Unix has such files.");
        string path = folder.File(name);
        switch (kind)
        {
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "pipe":
                using (var process = Process.Start("mkfifo", [path]))
                {
                    process.WaitForExit();
                    process.ExitCode.Should().Be(0);
                }

                break;
            case "socket":
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                Sockets.Add(socket);
                break;
            case "device":
                return "/dev/zero";
            default:
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
        }

        return path;
    }
}
