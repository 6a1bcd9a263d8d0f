using System.Net;
using System.Net.Sockets;

namespace RankNas.Distributed.Tests.Support;

/// <summary>A network between two places on loopback, which can be cut: bytes then go nowhere, and nobody is told.</summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly int _target;
    private volatile bool _isCut;
    private long _bytes;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"amqp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public bool IsCut
    {
        get => _isCut;
        set => _isCut = value;
    }

    /// <summary>Waits until so many bytes have passed: a process on a busy machine may take long to begin.</summary>
    public async Task PassAsync(long bytes, CancellationToken cancellationToken)
    {
        while (Interlocked.Read(ref _bytes) < bytes)
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Stop();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient from = await _listener.AcceptTcpClientAsync(_closing.Token);
                var to = new TcpClient();
                await to.ConnectAsync(IPAddress.Loopback, _target, _closing.Token);
                _ = Task.WhenAny(CopyAsync(from, to), CopyAsync(to, from)).ContinueWith(
                    _ =>
                    {
                        from.Dispose();
                        to.Dispose();
                    },
                    TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            byte[] bytes = new byte[1 << 16];
            while (await from.GetStream().ReadAsync(bytes, _closing.Token) is > 0 and int read)
            {
                if (!_isCut)
                {
                    await to.GetStream().WriteAsync(bytes.AsMemory(0, read), _closing.Token);
                    Interlocked.Add(ref _bytes, read);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two has hung up.
        }
    }
}
