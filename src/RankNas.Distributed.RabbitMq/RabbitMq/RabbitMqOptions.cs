using System.Text;

namespace RankNas.Distributed.RabbitMq;

/// <summary>How a broker is reached and used. All members of a cluster have the same broker and the same <see cref="Prefix"/>.</summary>
public sealed record RabbitMqOptions
{
    /// <summary>Gets the user's name; null where the address has it.</summary>
    /// <value>The default is null: the address's, else <c>guest</c>.</value>
    public string? UserName { get; init; }

    /// <summary>Gets the password; null where the address has it. It is never shown or logged.</summary>
    /// <value>The default is null: the address's, else <c>guest</c>.</value>
    public string? Password { get; init; }

    /// <summary>Gets a PEM file with the certificates of the authorities that the broker's certificate may be from, for <c>amqps://</c>.</summary>
    /// <value>The default is null: those that the system trusts.</value>
    public string? CertificateAuthorities { get; init; }

    /// <summary>Gets the beginning of the names of all queues.</summary>
    /// <value>The default is <c>ranknas</c>.</value>
    public string Prefix { get; init; } = "ranknas";

    /// <summary>Gets how long the other side may be silent before the connection counts as cut.</summary>
    /// <value>The default is 10 seconds; at least 1.</value>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how many messages may wait in a queue; more are held back where they come from.</summary>
    /// <value>The default is 100,000; at least 1.</value>
    public int MostMessages { get; init; } = 100_000;

    /// <summary>Gets how many workers may go away with a unit, or lose their connection with it, before it is scored by itself, one at a time, and then given up.</summary>
    /// <value>The default is 10; at least 1.</value>
    public int MostDeliveries { get; init; } = 10;

    /// <summary>Gets how long the queues of a search that does not come back are kept.</summary>
    /// <value>The default is 7 days; at least a minute.</value>
    public TimeSpan KeepQueuesFor { get; init; } = TimeSpan.FromDays(7);

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{nameof(Prefix)} = {Prefix}, {nameof(Heartbeat)} = {Heartbeat}, {nameof(MostMessages)} = {MostMessages}, {nameof(MostDeliveries)} = {MostDeliveries}, {nameof(KeepQueuesFor)} = {KeepQueuesFor}");
        return true;
    }

    /// <summary>Throws where a value is none.</summary>
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(Heartbeat, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(MostMessages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostDeliveries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepQueuesFor, TimeSpan.FromMinutes(1));
    }
}
