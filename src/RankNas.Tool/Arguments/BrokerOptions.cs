using Microsoft.Extensions.Logging;
using RankNas.Distributed.RabbitMq;

namespace RankNas.Tool.Arguments;

/// <summary>The options of a cluster. An address may hold a password, which others see in the list of processes: the environment is a better place.</summary>
internal sealed class BrokerOptions
{
    private const string Variable = "RANKNAS_CLUSTER";

    private readonly bool _isRequired;
    private readonly Option<string?> _cluster;
    private readonly Option<string> _prefix = new("--cluster-prefix")
    {
        Description = "The beginning of the names of all queues: clusters with different ones on one broker do not meet.",
        HelpName = "NAME",
        DefaultValueFactory = _ => new RabbitMqOptions().Prefix,
    };

    private readonly PathOption _authorities = new("--cluster-ca", "A PEM file of the authority that the broker's certificate is from, for amqps.", "ca.pem", PathUse.Input);

    public BrokerOptions(bool isRequired)
    {
        _isRequired = isRequired;
        _cluster = new Option<string?>("--cluster")
        {
            Description = $"The RabbitMQ broker of the cluster; without an address that of {Variable}{(isRequired ? ", as without this option" : "")}.",
            HelpName = "amqp://HOST",
            Arity = ArgumentArity.ZeroOrOne,
        };
    }

    public void AddTo(ToolCommand command) => command.AddGroup(ToolCommand.ClusterGroup, _cluster, _prefix, _authorities);

    /// <summary>Tells whether a cluster is asked for.</summary>
    public bool IsGiven(ParseResult parsed) => _isRequired || parsed.GetResult(_cluster) is { Implicit: false };

    /// <summary>Gets the broker's address.</summary>
    public string AddressOf(ParseResult parsed)
    {
        string? address = parsed.GetValue(_cluster) ?? Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(address))
        {
            throw new UsageException($"The cluster has no address: write --cluster amqp://HOST, or set {Variable}.");
        }

        try
        {
            _ = new RabbitMqTransport(address, OptionsOf(parsed));
            return address;
        }
        catch (FormatException exception)
        {
            // The address itself may hold a password.
            throw new UsageException($"--cluster: {exception.Message}");
        }
    }

    /// <summary>Gets how the broker is used.</summary>
    public RabbitMqOptions OptionsOf(ParseResult parsed)
    {
        string prefix = parsed.GetValue(_prefix)!;
        return prefix.Length is > 0 and <= 64 && prefix.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            ? new RabbitMqOptions { Prefix = prefix, CertificateAuthorities = parsed.GetValue(_authorities) }
            : throw new UsageException($"--cluster-prefix is '{prefix}': write up to 64 letters, digits, dots, hyphens and underscores, such as --cluster-prefix vision.");
    }

    /// <summary>Opens a way to the cluster.</summary>
    public RabbitMqTransport CreateTransport(ParseResult parsed, ILogger? logger = null) => new(AddressOf(parsed), OptionsOf(parsed), logger);
}
