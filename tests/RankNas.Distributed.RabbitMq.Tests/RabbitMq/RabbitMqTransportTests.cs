using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RankNas.Distributed.RabbitMq;
using RankNas.Distributed.Tests.Support;
using RankNas.Distributed.Transport;
using RankNas.Distributed.Watching;
using RankNas.Distributed.Working;
using static RankNas.Distributed.Tests.Support.Searches;

namespace RankNas.Distributed.Tests.RabbitMq;

public class RabbitMqTransportTests(RabbitMqTransportTests.OneServer server) : IClassFixture<RabbitMqTransportTests.OneServer>
{
    private static readonly ClusterMessage Message = new("test", Encoding.UTF8.GetBytes("{}"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_TwoWorkers_IsThatOfOneMachineAndLeavesNothingBehind()
    {
        var options = new RabbitMqOptions { Prefix = "two" };
        using var ending = new CancellationTokenSource();
        Task[] workers = [.. Enumerable.Range(0, 2).Select(_ => new ClusterWorker(
            new RabbitMqTransport(server.Address, options), new ClusterWorkerOptions { Workers = 2, CreateEvaluator = _ => new FakeEvaluator() }).RunAsync(ending.Token))];

        SearchResult result = await Builder().UseRabbitMq(server.Address, options, Cluster.Quick).Build().RunAsync(Token);

        Found(result).Should().Equal(Found(await AloneAsync()));
        await using var transport = new RabbitMqTransport(server.Address, options);
        var status = await ClusterStatus.ReadAsync(transport, TimeSpan.FromSeconds(1), Token);
        status.Workers.Should().HaveCount(2);
        status.Workers.Sum(worker => worker.Architectures).Should().Be(200);
        status.Workers.Sum(worker => worker.LastMinute).Should().Be(200);
        status.Searches.Should().BeEmpty();
        await ending.CancelAsync();
        await Task.WhenAll(workers);
    }

    [Fact]
    public async Task ClusterStatus_SearchThatWaits_ShowsItsUnits()
    {
        var options = new RabbitMqOptions { Prefix = "status" };
        using var ending = new CancellationTokenSource();
        Task<SearchResult> search = Builder(40).UseRandomSearch().UseRabbitMq(server.Address, options, Cluster.Quick).Build().RunAsync(ending.Token);
        await using var transport = new RabbitMqTransport(server.Address, options);
        ClusterStatus status = await ClusterStatus.ReadAsync(transport, TimeSpan.FromSeconds(2), Token);

        status.Searches.Should().ContainSingle().Which.Should().Match<SearchStatus>(one => one.UnitsWaiting == 40 && one.RepliesWaiting == 0 && one.Space == "nats-tss");
        status.Workers.Should().BeEmpty();
        await ending.CancelAsync();
        (await search).IsCancelled.Should().BeTrue();
    }

    [Fact]
    public async Task Search_FullQueue_HoldsBackAndIsTheSame()
    {
        var options = new RabbitMqOptions { Prefix = "full", MostMessages = 2 };
        using var ending = new CancellationTokenSource();
        Task worker = new ClusterWorker(
            new RabbitMqTransport(server.Address, options), new ClusterWorkerOptions { Workers = 2, CreateEvaluator = _ => new FakeEvaluator(TimeSpan.FromMilliseconds(5)) }).RunAsync(ending.Token);

        SearchResult result = await Builder(60).UseRandomSearch().UseRabbitMq(server.Address, options, Cluster.Quick).Build().RunAsync(Token);

        Found(result).Should().Equal(Found(await Builder(60).UseRandomSearch().UseEvaluator(() => new FakeEvaluator()).Build().RunAsync(Token)));
        await ending.CancelAsync();
        await worker;
    }

    [Fact]
    public async Task Search_TheSameTwiceAtATime_IsRefused()
    {
        var options = new RabbitMqOptions { Prefix = "twice" };
        using var ending = new CancellationTokenSource();
        Task<SearchResult> first = Builder().UseRabbitMq(server.Address, options, Cluster.Quick).Build().RunAsync(ending.Token);
        await Task.Delay(1500, Token);

        await FluentActions.Awaiting(() => Builder().UseRabbitMq(server.Address, options, Cluster.Quick).Build().RunAsync(Token))
            .Should().ThrowAsync<ClusterException>().WithMessage("Another process runs this very search*");
        await ending.CancelAsync();
        await first;
    }

    [Fact]
    public async Task SendAsync_NoQueueOrFullOrThere_SaysWhich()
    {
        await using var transport = new RabbitMqTransport(server.Address, new RabbitMqOptions { Prefix = "send", MostMessages = 1 });
        await transport.ConnectAsync(Token);
        (await transport.SendAsync("none", Message, Token)).Should().Be(SendOutcome.NoQueue);
        await transport.CreateQueueAsync("one", cancellationToken: Token);
        (await transport.SendAsync("one", Message, Token)).Should().Be(SendOutcome.Accepted);
        SendOutcome outcome = SendOutcome.Accepted;
        for (int message = 0; message < 10 && outcome == SendOutcome.Accepted; message++)
        {
            outcome = await transport.SendAsync("one", Message, Token);
        }

        outcome.Should().Be(SendOutcome.Full);
        (await transport.FindQueueAsync("none", Token)).Should().BeNull();
        await transport.PurgeQueueAsync("one", Token);
        (await transport.FindQueueAsync("one", Token))!.Ready.Should().Be(0);
        await transport.DeleteQueueAsync("one", Token);
        (await transport.FindQueueAsync("one", Token)).Should().BeNull();
    }

    [Fact]
    public async Task ReceiveAsync_RejectedOrLeftBehind_BecomesADeadLetter()
    {
        var options = new RabbitMqOptions { Prefix = "dead", MostDeliveries = 2 };
        await using var transport = new RabbitMqTransport(server.Address, options);
        await transport.ConnectAsync(Token);
        await transport.CreateQueueAsync("letters", cancellationToken: Token);
        await transport.CreateQueueAsync("work", "letters", Token);
        var dead = new ConcurrentBag<ClusterDelivery>();
        await transport.ReceiveAsync("letters", 10, isExclusive: true, dead.Add, Token);

        await transport.SendAsync("work", Message with { Kind = "rejected" }, Token);
        await using (await transport.ReceiveAsync("work", 1, isExclusive: false, delivery => _ = delivery.RejectAsync().AsTask(), Token))
        {
            await Cluster.UntilAsync(() => dead.Count == 1);
        }

        await transport.SendAsync("work", Message with { Kind = "left" }, Token);
        for (int receiver = 0; receiver < 20 && dead.Count == 1; receiver++)
        {
            await using var mortal = new RabbitMqTransport(server.Address, options);
            await mortal.ConnectAsync(Token);
            var came = new TaskCompletionSource();
            await mortal.ReceiveAsync("work", 1, isExclusive: false, _ => came.TrySetResult(), Token);
            await Task.WhenAny(came.Task, Cluster.UntilAsync(() => dead.Count == 2));
        }

        dead.Select(letter => (letter.Message.Kind, letter.IsDeadLetter)).Should().BeEquivalentTo([("rejected", true), ("left", true)]);
    }

    [Fact]
    public async Task ListenAsync_UserWhoMayNot_SaysWhatToAllow()
    {
        await using RabbitMqServer own = await RabbitMqServer.StartAsync();
        await own.ControlAsync("add_user", "few", "secret");
        await own.ControlAsync("set_permissions", "few", "^ranknas.*", "^ranknas.*", "^ranknas.*");
        await using var transport = new RabbitMqTransport(own.Address.Replace("//", "//few:secret@", StringComparison.Ordinal));
        await transport.ConnectAsync(Token);

        (await FluentActions.Awaiting(() => transport.ListenAsync("topic", _ => { }, Token)).Should().ThrowAsync<ClusterException>()).Which.Message
            .Should().Contain("set_permissions").And.NotContain("secret");
    }

    [Fact]
    public async Task ReceiveAsync_QueueDeleted_HasEnded()
    {
        await using var transport = new RabbitMqTransport(server.Address, new RabbitMqOptions { Prefix = "deleted" });
        await transport.ConnectAsync(Token);
        await transport.CreateQueueAsync("queue", cancellationToken: Token);
        await using IClusterReceiver receiver = await transport.ReceiveAsync("queue", 1, isExclusive: true, _ => { }, Token);
        receiver.HasEnded.Should().BeFalse();
        transport.IsConnected.Should().BeTrue();

        await transport.DeleteQueueAsync("queue", Token);

        await Cluster.UntilAsync(() => receiver.HasEnded);
    }

    [Fact]
    public async Task ReceiveAsync_Disposed_GivesBackWhatIsInHand()
    {
        await using var transport = new RabbitMqTransport(server.Address, new RabbitMqOptions { Prefix = "back" });
        await transport.ConnectAsync(Token);
        await transport.CreateQueueAsync("queue", cancellationToken: Token);
        await transport.SendAsync("queue", Message, Token);
        var came = new TaskCompletionSource();
        IClusterReceiver receiver = await transport.ReceiveAsync("queue", 1, isExclusive: false, _ => came.TrySetResult(), Token);
        await came.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
        await receiver.DisposeAsync();
        var again = new TaskCompletionSource();
        await using IClusterReceiver next = await transport.ReceiveAsync("queue", 1, isExclusive: false, _ => again.TrySetResult(), Token);

        await again.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public void RabbitMqOptions_Shown_HaveNoPassword() =>
        new RabbitMqOptions { UserName = "me", Password = "secret" }.ToString().Should().Contain("ranknas").And.NotContain("secret").And.NotContain("me,");

    [Fact]
    public async Task ConnectAsync_NoBroker_SaysSo()
    {
        await using var transport = new RabbitMqTransport("amqp://me:secret@127.0.0.1:1");
        await ShouldFailAsync(transport, "No broker answers at 127.0.0.1:1*");
    }

    [Fact]
    public async Task ConnectAsync_WrongPassword_SaysSo()
    {
        await using var transport = new RabbitMqTransport(server.Address.Replace("//", "//guest:secret@", StringComparison.Ordinal));
        await ShouldFailAsync(transport, "*refused the user name or the password*");
    }

    [Fact]
    public async Task ConnectAsync_UnknownVirtualHost_SaysSo()
    {
        await using var transport = new RabbitMqTransport($"{server.Address}/nowhere");
        await ShouldFailAsync(transport, "*no virtual host 'nowhere'*");
    }

    [Fact]
    public async Task ConnectAsync_NoBrokerButSomethingElse_SaysSo()
    {
        using var odd = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        odd.Start();
        _ = odd.AcceptTcpClientAsync(Token).AsTask().ContinueWith(
            async accepted => await (await accepted).GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()), TaskScheduler.Default);
        await using var transport = new RabbitMqTransport(string.Create(CultureInfo.InvariantCulture, $"amqp://me:secret@127.0.0.1:{((IPEndPoint)odd.LocalEndpoint).Port}"));
        await ShouldFailAsync(transport, "*cannot be used*AMQP 0-9-1*");
    }

    [Fact]
    public async Task ConnectAsync_Tls_TakesTheAuthoritysCertificateAndNoOther()
    {
        using var folder = new TempFolder();
        (string certificate, string key) = WriteCertificate(folder);
        await using RabbitMqServer tls = await RabbitMqServer.StartAsync();
        await tls.KillAsync();
        await tls.ConfigureAsync(
            string.Create(CultureInfo.InvariantCulture, $"listeners.ssl.1 = 127.0.0.1:{tls.TlsPort}"),
            $"ssl_options.certfile = {certificate}", $"ssl_options.keyfile = {key}", $"ssl_options.cacertfile = {certificate}", "ssl_options.verify = verify_none");
        await tls.StartAgainAsync();
        string address = string.Create(CultureInfo.InvariantCulture, $"amqps://guest:guest@127.0.0.1:{tls.TlsPort}");

        await using var untrusting = new RabbitMqTransport(address);
        await ShouldFailAsync(untrusting, "The certificate of the broker*is not trusted*--cluster-ca*");
        await using var trusting = new RabbitMqTransport(address, new RabbitMqOptions { CertificateAuthorities = certificate });
        await trusting.ConnectAsync(Token);
        (string other, _) = WriteCertificate(folder, "other");
        await using var trustingAnother = new RabbitMqTransport(address, new RabbitMqOptions { CertificateAuthorities = other });
        await ShouldFailAsync(trustingAnother, "The certificate of the broker*is not trusted*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("http://user:secret@host")]
    [InlineData("amqp://user:secret@host/a/b")]
    [InlineData("amqp:///")]
    public void Constructor_NoAddress_SaysHowItIsWrittenWithoutThePassword(string address) =>
        FluentActions.Invoking(() => new RabbitMqTransport(address)).Should().Throw<FormatException>().Which.Message.Should().Contain("amqp://host").And.NotContain("secret");

    [Theory]
    [InlineData("amqp://host", "amqp://host:5672/")]
    [InlineData("amqps://user:secret@host", "amqps://host:5671/")]
    [InlineData("amqp://user:secret@[::1]:99/a%2Fb", "amqp://[::1]:99/a%2Fb")]
    public void BrokerAddress_Shown_HasNeitherUserNorPassword(string address, string shown) => BrokerAddress.Parse(address).ToString().Should().Be(shown);

    private static async Task ShouldFailAsync(RabbitMqTransport transport, string message)
    {
        ClusterException exception = (await FluentActions.Awaiting(() => transport.ConnectAsync(Token)).Should().ThrowAsync<ClusterException>().WithMessage(message)).Which;
        exception.Message.Should().NotContain("secret").And.NotContain("\n");
    }

    private static (string Certificate, string Key) WriteCertificate(TempFolder folder, string name = "broker")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(folder.File($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(folder.File($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return (folder.File($"{name}.pem"), folder.File($"{name}.key"));
    }

    public sealed class OneServer : IAsyncLifetime
    {
        private RabbitMqServer? _server;

        public string Address => _server?.Address ?? throw RabbitMqServer.Skip();

        public async ValueTask InitializeAsync() => _server = RabbitMqServer.IsInstalled ? await RabbitMqServer.StartAsync() : null;

        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }
    }
}
