using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RankNas.Distributed.Tests.Support;

/// <summary>A broker of the tests' own on loopback, with its own data folder. It can be killed and started again.</summary>
internal sealed class RabbitMqServer : IAsyncDisposable
{
    private const int MostAttempts = 3;

    private static readonly string[] Folders = ["/usr/lib/rabbitmq/lib", "/usr/local/lib/rabbitmq/lib", "/opt/rabbitmq"];

    private readonly TempFolder _folder = new();
    private readonly string _program;
    private readonly int _distribution = FreePort();
    private readonly int _mapper = FreePort();
    private Process? _process;

    private RabbitMqServer(string program) => _program = program;

    public int Port { get; } = FreePort();

    public int TlsPort { get; } = FreePort();

    public string Address => $"amqp://127.0.0.1:{Port}";

    public static bool IsInstalled => Find() is not null;

    /// <summary>Skips the test.</summary>
    public static Exception Skip()
    {
        Assert.Skip("No RabbitMQ is installed here (on Debian: apt-get install rabbitmq-server), so nothing was tested against a real broker.");
        return new InvalidOperationException();
    }

    /// <summary>Starts a broker; the test is skipped where none is installed.</summary>
    /// <param name="configuration">More lines of its configuration.</param>
    public static async Task<RabbitMqServer> StartAsync(params string[] configuration)
    {
        // A port that was free may be taken before the broker has it.
        for (int attempt = 1; ; attempt++)
        {
            var server = new RabbitMqServer(Find() ?? throw Skip());
            await File.WriteAllLinesAsync(server._folder.File("rabbitmq.conf"), ["collect_statistics_interval = 60000", .. configuration], TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(server._folder.File("plugins"), "[].", TestContext.Current.CancellationToken);
            if (await server.TryStartAsync())
            {
                return server;
            }

            await server.DisposeAsync();
            attempt.Should().BeLessThan(MostAttempts, "the broker should run");
        }
    }

    /// <summary>Adds lines to its configuration, which it reads when it starts.</summary>
    public Task ConfigureAsync(params string[] lines) => File.AppendAllLinesAsync(_folder.File("rabbitmq.conf"), lines, TestContext.Current.CancellationToken);

    /// <summary>Starts it, and waits until it takes connections.</summary>
    public async Task StartAgainAsync() => (await TryStartAsync()).Should().BeTrue("the broker should run");

    private async Task<bool> TryStartAsync()
    {
        var start = new ProcessStartInfo(_program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in new Dictionary<string, string>
        {
            ["HOME"] = _folder.Path,
            ["RABBITMQ_MNESIA_BASE"] = _folder.File("data"),
            ["RABBITMQ_LOG_BASE"] = _folder.File("log"),
            ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"ranknas{Port}@localhost"),
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(Port),
            ["RABBITMQ_DIST_PORT"] = Text(_distribution),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _folder.File("plugins"),
            ["RABBITMQ_CONFIG_FILE"] = _folder.File("rabbitmq"),
            ["RABBITMQ_PID_FILE"] = _folder.File("pid"),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = Text(_mapper),

            // Idle schedulers that spin take the cores from what is tested.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none",
        })
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (long end = Environment.TickCount64 + 90_000; !await AnswersAsync();)
        {
            Environment.TickCount64.Should().BeLessThan(end, "the broker should have started: see {0}", _folder.File("log"));
            if (_process.HasExited)
            {
                return false;
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        return true;
    }

    /// <summary>Kills it at once.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs an administrator's command.</summary>
    public async Task ControlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(_program)!, "rabbitmqctl"), ["-n", string.Create(CultureInfo.InvariantCulture, $"ranknas{Port}@localhost"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _folder.Path;
        start.Environment["ERL_EPMD_PORT"] = Text(_mapper);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.Should().Be(0, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        StopMapper();
        _folder.Dispose();
    }

    // Erlang's port mapper is a daemon of its own, which would outlive the test.
    private void StopMapper()
    {
        try
        {
            var start = new ProcessStartInfo("epmd", ["-port", Text(_mapper), "-kill"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["ERL_EPMD_RELAXED_COMMAND_CHECK"] = "1";
            using Process? stop = Process.Start(start);
            stop?.WaitForExit(5_000);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is none by that name.
        }
    }

    private static string? Find() => Folders.Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateDirectories(folder, "rabbitmq_server-*"))
        .Select(folder => Path.Combine(folder, "sbin", "rabbitmq-server"))
        .LastOrDefault(File.Exists);

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
