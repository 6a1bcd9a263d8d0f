using System.ComponentModel;
using System.Diagnostics;

namespace RankNas.NatsBench.Tests.Support;

/// <summary>The Python on this machine, as an independent program that knows pickles and bzip2.</summary>
internal static class Python
{
    /// <summary>Defines <c>describe</c>, which writes a value as <see cref="Description"/> does.</summary>
    public const string Describe = """
        import collections, struct
        def describe(x):
            t = type(x)
            if x is None: return 'N'
            if t is bool: return 'T' if x else 'F'
            if t is int: return 'i%d' % x
            if t is float: return 'f' + ('nan' if x != x else struct.pack('>d', x).hex())
            if t is str: return 's' + x.encode('utf-16-be').hex()
            if t in (bytes, bytearray): return 'b' + bytes(x).hex()
            if t is list: return '[' + ','.join(map(describe, x)) + ']'
            if t is tuple: return '(' + ','.join(map(describe, x)) + ')'
            if t in (dict, collections.OrderedDict): return '{' + ','.join(describe(k) + ':' + describe(v) for k, v in x.items()) + '}'
            if t in (set, frozenset): return '<' + ','.join(sorted(map(describe, x))) + '>'
            raise TypeError(t)

        """;

    private const string Missing = "Python is not here: install python3, and it will check the pickles.";

    /// <summary>Runs a script and gets the lines that it prints; skips the test where there is no Python.</summary>
    public static string[] Run(string script, params string[] arguments)
    {
        using Process? process = TryStart(script, arguments);
        Assert.SkipWhen(process is null, Missing);
        Task<string> errors = process!.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, errors.GetAwaiter().GetResult());
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process? TryStart(string script, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
