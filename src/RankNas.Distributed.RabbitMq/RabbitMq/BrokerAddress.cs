using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace RankNas.Distributed.RabbitMq;

/// <summary>A broker's address, which is shown without its password.</summary>
internal sealed class BrokerAddress
{
    private readonly Uri _uri;

    private BrokerAddress(Uri uri) => _uri = uri;

    /// <summary>Gets the host and the port.</summary>
    public string Host => $"{_uri.Host}:{Port}";

    /// <summary>Gets the virtual host.</summary>
    public string VirtualHost => _uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(_uri.AbsolutePath[1..]) : "/";

    private bool IsTls => _uri.Scheme == "amqps";

    private int Port => _uri.Port > 0 ? _uri.Port : IsTls ? AmqpTcpEndpoint.DefaultAmqpSslPort : 5672;

    /// <summary>Reads an address such as <c>amqps://user:password@host:5671/virtual-host</c>.</summary>
    /// <exception cref="FormatException">It is none. The message does not repeat it: it may hold a password.</exception>
    public static BrokerAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "amqp" or "amqps" && uri.Host.Length > 0 && uri.AbsolutePath.Count(character => character == '/') <= 1
            ? new BrokerAddress(uri)
            : throw new FormatException("The broker's address is written amqp://host, amqps://host, or amqp://user:password@host:5672/virtual-host.");
    }

    /// <summary>Sets up connections.</summary>
    /// <exception cref="ClusterException">The file of authorities cannot be read.</exception>
    public ConnectionFactory CreateFactory(RabbitMqOptions options)
    {
        string[] user = _uri.UserInfo.Split(':', 2);
        var factory = new ConnectionFactory
        {
            HostName = _uri.Host.Trim('[', ']'),
            Port = Port,
            VirtualHost = VirtualHost,
            UserName = options.UserName ?? (user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : ConnectionFactory.DefaultUser),
            Password = options.Password ?? (user.Length > 1 ? Uri.UnescapeDataString(user[1]) : ConnectionFactory.DefaultPass),
            RequestedHeartbeat = options.Heartbeat,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
            HandshakeContinuationTimeout = TimeSpan.FromSeconds(10),
            ContinuationTimeout = TimeSpan.FromSeconds(10),

            // Everything is set up anew after a loss, a closed channel included, which the client leaves closed.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        factory.Ssl.Enabled = IsTls;
        factory.Ssl.ServerName = factory.HostName;
        if (IsTls && options.CertificateAuthorities is { } path)
        {
            X509Certificate2Collection authorities = AuthoritiesIn(path);
            factory.Ssl.CertificateValidationCallback = (_, certificate, sent, errors) => IsFrom(authorities, certificate, sent, errors);
        }

        return factory;
    }

    /// <summary>Shows the address, without user and password.</summary>
    public override string ToString() => $"{_uri.Scheme}://{Host}/{(VirtualHost == "/" ? "" : Uri.EscapeDataString(VirtualHost))}";

    private static X509Certificate2Collection AuthoritiesIn(string path)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ClusterException($"The certificates of authorities in '{path}' cannot be read: {ErrorText.FirstLineOf(exception)}", exception);
        }

        return authorities.Count > 0 ? authorities : throw new ClusterException($"'{path}' has no certificates: give a PEM file of the authority that the broker's certificate is from.");
    }

    private static bool IsFrom(X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (X509ChainElement element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var leaf = new X509Certificate2(certificate);
        return chain.Build(leaf);
    }
}
