using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RankNas.Distributed.Protocol;

/// <summary>Writes messages, and reads those of strangers.</summary>
internal static class Wire
{
    /// <summary>The version of the messages: members of different versions do not work together.</summary>
    public const int Version = 1;

    /// <summary>The bytes of a message's text, at most.</summary>
    public const int MostBytes = 32 << 20;

    /// <summary>The requests of a unit, at most.</summary>
    public const int MostItems = 256;

    private const int LeastCompressed = 4096;
    private const int IdDigits = 32;
    private const byte GzipFirst = 0x1f;
    private const byte GzipSecond = 0x8b;

    /// <summary>Gets the version of RankNas.</summary>
    public static string Product { get; } =
        typeof(Wire).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>Writes a message.</summary>
    public static ClusterMessage Write<T>(string kind, T value, JsonTypeInfo<T> type)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return new ClusterMessage(kind, text.Length < LeastCompressed ? text : Compress(text)) { TraceParent = Activity.Current?.Id };
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidDataException">It is none of this kind; the message says why.</exception>
    public static T Read<T>(ClusterMessage message, JsonTypeInfo<T> type, Action<T>? check = null)
        where T : class
    {
        ReadOnlySpan<byte> body = message.Body.Span;
        if (body.Length > MostBytes)
        {
            throw new InvalidDataException($"This is not a message of the kind '{ShownText.Of(message.Kind)}': it has more than {MostBytes >> 20} MiB.");
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(
                body.Length > 2 && body[0] == GzipFirst && body[1] == GzipSecond ? Decompress(message.Body) : body);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"This is not a message of the kind '{message.Kind}': {exception.Message}", exception);
        }

        return JsonText.Read(text, type, $"a message of the kind '{message.Kind}'", value => check?.Invoke(value));
    }

    /// <summary>Reads a unit.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static WorkUnit ReadUnit(ClusterMessage message) => Read(message, ClusterJson.Default.WorkUnit, unit =>
    {
        if (unit.Items.IsDefaultOrEmpty || unit.Items.Length > MostItems
            || unit.Items.Any(item => item?.Request?.Scope is null || item.Request.Proxies.IsDefaultOrEmpty || item.Request.Proxies.Any(proxy => proxy is null)))
        {
            throw new FormatException($"it has no requests, or more than {MostItems}, or one without scope or proxies");
        }
    });

    /// <summary>Reads a reply.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static WorkReply ReadReply(ClusterMessage message) => Read(message, ClusterJson.Default.WorkReply, reply =>
    {
        if (reply.Answers.IsDefaultOrEmpty || reply.Answers.Length > MostItems || reply.Answers.Any(answer =>
            answer is null || (answer.Outcome is { } outcome
                ? outcome.Scores.IsDefaultOrEmpty || !double.IsFinite(outcome.Seconds) || outcome.Seconds < 0
                : string.IsNullOrWhiteSpace(answer.Trouble))))
        {
            throw new FormatException($"it has no answers, or more than {MostItems}, or one without scores and seconds, or a reason for none");
        }
    });

    /// <summary>Reads what a worker tells of itself.</summary>
    /// <exception cref="InvalidDataException">It is nothing of the kind.</exception>
    public static WorkerPresence ReadPresence(ClusterMessage message) => Read(message, ClusterJson.Default.WorkerPresence, presence =>
    {
        if (presence.Searches.IsDefault || presence.Searches.Any(service => service?.Search is null) || presence.Threads is < 1 or > 100_000)
        {
            throw new FormatException("it has no searches, or no threads");
        }
    });

    /// <summary>Names a request: the same one has the same name in every process.</summary>
    public static string IdOf(EvaluationRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.ToJson())))[..IdDigits];

    private static byte[] Compress(byte[] text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return compressed.ToArray();
    }

    private static byte[] Decompress(ReadOnlyMemory<byte> body)
    {
        using var gzip = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        using var text = new MemoryStream();
        byte[] block = new byte[1 << 16];
        while (gzip.Read(block) is > 0 and int read)
        {
            if (text.Length + read > MostBytes)
            {
                throw new InvalidDataException($"it has more than {MostBytes >> 20} MiB");
            }

            text.Write(block, 0, read);
        }

        return text.ToArray();
    }
}
