using System.Runtime.InteropServices;
using RankNas.Files;

namespace RankNas.Tool;

/// <summary>Interrupt, terminate and hang-up: the first cancels, so that the best so far is written; a second one ends the process at once.</summary>
internal sealed class Signals : IDisposable
{
    private const int HangUp = 1;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly StandardStream _errors;
    private int _received;

    public Signals(StandardStream errors)
    {
        _errors = errors;
        PosixSignal[] signals = IsHangUpIgnored() ? [PosixSignal.SIGINT, PosixSignal.SIGTERM] : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public CancellationToken Token => _cancellation.Token;

    public void Dispose()
    {
        Array.ForEach(_registrations, registration => registration.Dispose());
        _cancellation.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _received) == 1)
        {
            // On other threads: what is told of it may take its time, and must not throw here.
            _ = _cancellation.CancelAsync();
            return;
        }

        AtomicFile.RemoveUnfinished();
        _errors.RestoreCursor();
        HardExit.With(ExitCode.Cancelled);
    }

    // 'nohup' has a process ignore it, which registering would undo.
    internal static bool IsHangUpIgnored() => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && ulong.TryParse(ignored["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong mask)
        && (mask & (1UL << (HangUp - 1))) != 0;
}
