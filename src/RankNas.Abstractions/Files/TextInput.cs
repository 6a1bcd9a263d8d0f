using System.Buffers;
using System.Text;

namespace RankNas.Files;

/// <summary>The characters of a text file that another program wrote: UTF-8 with or without a byte-order mark, compressed or not.</summary>
/// <remarks>Reads forward in bounded memory. What is wrong with the content is a <see cref="FormatException"/>, which the reader of the format explains.</remarks>
internal sealed class TextInput : IDisposable
{
    private readonly StreamReader _reader;
    private readonly char[] _buffer = new char[16 * 1024];
    private int _position;
    private int _length;
    private bool _afterReturn;

    private TextInput(Stream stream) => _reader = new StreamReader(
        stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);

    /// <summary>Gets the number of the line that the next character is on, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Opens a file, which is unpacked where its content is gzip, whatever its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What should be named, as in "name a CSV file".</param>
    /// <param name="maxBytes">How many bytes the text may have.</param>
    /// <inheritdoc cref="InputFile.Open" path="/exception"/>
    public static TextInput Open(string path, string wanted, long maxBytes)
    {
        FileStream file = InputFile.Open(path, wanted, maxBytes);
        return new TextInput(GzipInput.IsGzip(file) ? new GzipInput(file, maxBytes) : file);
    }

    /// <summary>Takes a text that is in a stream of this library's own.</summary>
    public static TextInput Of(Stream stream) => new(stream);

    /// <summary>Looks at the next character; -1 at the end.</summary>
    public int Peek() => _position < _length || Fill() ? _buffer[_position] : -1;

    /// <summary>Takes the next character; -1 at the end.</summary>
    public int Read()
    {
        int next = Peek();
        if (next < 0)
        {
            return next;
        }

        _position++;
        if (next == '\0')
        {
            throw new FormatException("there is a zero byte: the file is no text in UTF-8");
        }

        // CR, LF and CRLF each end a line.
        if (next == '\r' || (next == '\n' && !_afterReturn))
        {
            Line++;
        }

        _afterReturn = next == '\r';
        return next;
    }

    /// <summary>Takes the characters before the next stop, as many as there is room for; stops include the ends of lines and the zero byte.</summary>
    public void AppendUntil(SearchValues<char> stops, StringBuilder text, int maxLength)
    {
        while (text.Length < maxLength && Peek() >= 0)
        {
            ReadOnlySpan<char> rest = _buffer.AsSpan(_position, _length - _position);
            int stop = rest.IndexOfAny(stops);
            int count = Math.Min(stop < 0 ? rest.Length : stop, maxLength - text.Length);
            text.Append(rest[..count]);
            _position += count;
            _afterReturn &= count == 0;
            if (stop >= 0)
            {
                return;
            }
        }
    }

    /// <summary>Takes a line without its end; null at the end of the file.</summary>
    public string? ReadLine(int maxLength)
    {
        if (Peek() < 0)
        {
            return null;
        }

        int number = Line;
        var line = new StringBuilder();
        while (Read() is var next and >= 0)
        {
            if (next is '\n' or '\r')
            {
                SkipFeedAfter(next);
                break;
            }

            line.Append((char)next);
            if (line.Length > maxLength)
            {
                throw new FormatException(FormattableString.Invariant($"line {number} is longer than {maxLength:N0} characters"));
            }
        }

        return line.ToString();
    }

    /// <summary>Takes the line feed that belongs to a carriage return.</summary>
    public void SkipFeedAfter(int taken)
    {
        if (taken == '\r' && Peek() == '\n')
        {
            Read();
        }
    }

    public void Dispose() => _reader.Dispose();

    private bool Fill()
    {
        try
        {
            _position = 0;
            _length = _reader.Read(_buffer);
            return _length > 0;
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("it is not in UTF-8: save it as UTF-8, not as UTF-16 or a code page", exception);
        }
    }
}
