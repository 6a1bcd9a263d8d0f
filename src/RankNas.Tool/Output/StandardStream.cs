using System.Runtime.InteropServices;
using System.Text;

namespace RankNas.Tool.Output;

/// <summary>Standard output or standard error, in UTF-8 whatever the locale. Errors that cannot be written are dropped; output that cannot is an exception.</summary>
internal sealed class StandardStream : TextWriter
{
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

#pragma warning disable CA2213 // Standard output stays open to the end of the process.
    private readonly StreamWriter? _writer;
#pragma warning restore CA2213
    private readonly bool _mayFail;
    private readonly Lock _gate = new();
    private OutputException? _failure;

    private StandardStream(Stream? stream, bool mayFail, bool isTerminal)
    {
        _mayFail = mayFail;
        IsTerminal = stream is not null && isTerminal;
        if (stream is null)
        {
            _failure = new OutputException("standard output is closed.");
        }
        else
        {
            _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        }
    }

    public override Encoding Encoding => Encoding.UTF8;

    public bool IsTerminal { get; }

    /// <summary>Throws where it is known that nothing can be written.</summary>
    public void ThrowIfClosed()
    {
        if (_failure is not null && !_mayFail)
        {
            throw _failure;
        }
    }

    public static StandardStream OpenOutput()
    {
        bool isTerminal = !Console.IsOutputRedirected;
        if (isTerminal && OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new StandardStream(IsInherited(OutputDescriptor) ? Console.OpenStandardOutput() : null, mayFail: false, isTerminal);
    }

    public static StandardStream OpenErrors() =>
        new(IsInherited(ErrorDescriptor) ? Console.OpenStandardError() : null, mayFail: true, !Console.IsErrorRedirected);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine() => Write(NewLine);

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Write(string? value)
    {
        lock (_gate)
        {
            if (_failure is null)
            {
                TryWrite(value);
            }

            if (_failure is not null && !_mayFail)
            {
                throw _failure;
            }
        }
    }

    /// <summary>Shows the cursor again, which a progress bar hides, on a line of its own.</summary>
    public void RestoreCursor()
    {
        if (IsTerminal)
        {
            Write($"\e[?25h{NewLine}");
        }
    }

    private void TryWrite(string? value)
    {
        try
        {
            _writer!.Write(value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
        {
            _failure = new OutputException($"standard output cannot be written: {exception.Message}", exception);
        }
    }

    // Where the caller has closed a descriptor, the runtime may have its number for something of its own, which is never passed on to programs.
    private static bool IsInherited(int descriptor) =>
        OperatingSystem.IsWindows() || GetFlags(descriptor, GetDescriptorFlags) is >= 0 and int flags && (flags & CloseOnExec) == 0;

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetFlags(int descriptor, int command);
}
