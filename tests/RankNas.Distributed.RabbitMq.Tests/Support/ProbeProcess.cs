using System.Diagnostics;
using System.Globalization;
using System.Text;
using RankNas.Distributed.Probe;

namespace RankNas.Distributed.Tests.Support;

/// <summary>A worker or a search in a process of its own.</summary>
internal sealed class ProbeProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private ProbeProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ProbeProcess Worker(string address, string prefix, int milliseconds = 0, long lethal = 0) =>
        Start(milliseconds, lethal, "worker", address, prefix);

    /// <param name="address">The broker; - where the search scores by itself.</param>
    /// <param name="prefix">The queues' prefix.</param>
    /// <param name="result">The file of the result.</param>
    /// <param name="store">The store; - for none.</param>
    /// <param name="budget">How many architectures.</param>
    /// <param name="strategy">ageing or random.</param>
    public static ProbeProcess Search(string address, string prefix, string result, string store = "-", int budget = 60, string strategy = "ageing") =>
        Start(0, 0, "search", address, prefix, store, "1", budget.ToString(CultureInfo.InvariantCulture), result, strategy);

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task EndAsync(int seconds = 90)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It has not ended after {seconds} s. It says: {Errors}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static ProbeProcess Start(int milliseconds, long lethal, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RankNas.Distributed.Probe.dll"), .. arguments]) { RedirectStandardError = true };
        start.Environment[Costly.MillisecondsVariable] = milliseconds.ToString(CultureInfo.InvariantCulture);
        start.Environment[Costly.LethalVariable] = lethal.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new ProbeProcess(Process.Start(start)!);
    }
}
