using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client.Exceptions;

namespace RankNas.Distributed.RabbitMq;

/// <summary>Says in a line why a broker cannot be had.</summary>
internal static class ConnectErrors
{
    private const int NotAllowed = 530;

    /// <summary>Says why. The user's name and the password are not in it.</summary>
    public static ClusterException Of(BrokerAddress address, Exception exception) => new(ReasonOf(address, exception), exception);

    private static string ReasonOf(BrokerAddress address, Exception exception)
    {
        Exception[] causes = [.. CausesOf(exception)];
        if (causes.OfType<AuthenticationFailureException>().Any() || causes.OfType<PossibleAuthenticationFailureException>().Any())
        {
            return $"The broker {address} refused the user name or the password: check both, and that this user may come from other machines (guest may not).";
        }

        if (causes.OfType<OperationInterruptedException>().FirstOrDefault(cause => cause.ShutdownReason?.ReplyCode == NotAllowed) is not null)
        {
            return $"The broker {address} has no virtual host '{address.VirtualHost}', or this user may not use it: make it with rabbitmqctl add_vhost and set_permissions.";
        }

        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } untrusted)
        {
            return $"The certificate of the broker {address} is not trusted: {ErrorText.FirstLineOf(untrusted).TrimEnd('.')}. Name its authority's PEM file (--cluster-ca), or give the broker a certificate for this host name.";
        }

        if (causes.OfType<SocketException>().FirstOrDefault() is { } unreachable)
        {
            return $"No broker answers at {address.Host}: {ErrorText.FirstLineOf(unreachable).TrimEnd('.')}. Start it, or correct the address.";
        }

        return $"The broker {address} cannot be used: {ErrorText.FirstLineOf(causes[^1]).TrimEnd('.')}. Does it speak AMQP 0-9-1 at this port{(address.ToString().StartsWith("amqps", StringComparison.Ordinal) ? ", over TLS" : "")}?";
    }

    private static IEnumerable<Exception> CausesOf(Exception exception)
    {
        yield return exception;
        IEnumerable<Exception> inner = exception is AggregateException several ? several.InnerExceptions : exception.InnerException is { } cause ? [cause] : [];
        foreach (Exception deeper in inner.SelectMany(CausesOf))
        {
            yield return deeper;
        }
    }
}
