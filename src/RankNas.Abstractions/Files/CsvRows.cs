using System.Buffers;
using System.Text;

namespace RankNas.Files;

/// <summary>The rows of a CSV file with a header, strictly: every row has the header's fields, and whatever is ambiguous is refused with its place.</summary>
/// <remarks>RFC 4180, with any separator and any line ends; blank lines are skipped. What is wrong is a <see cref="FormatException"/> with line and column.</remarks>
internal sealed class CsvRows
{
    // Far beyond any table of this library's; without a limit one quote that is left open takes all memory.
    private const int MostFields = 1000;
    private const int MostCharacters = 64 * 1024;

    private static readonly SearchValues<char> QuotedStops = SearchValues.Create("\"\n\r\0");

    private readonly TextInput _text;
    private readonly SearchValues<char> _plainStops;
    private readonly char _separator;
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private readonly Dictionary<string, int> _columns = [];

    /// <summary>Reads the header.</summary>
    /// <param name="text">The file.</param>
    /// <param name="separator">What separates fields.</param>
    public CsvRows(TextInput text, char separator = ',')
    {
        _text = text;
        _separator = separator;
        _plainStops = SearchValues.Create($"{separator}\"\n\r\0");
        if (!ReadFields())
        {
            throw new FormatException("line 1: the file is empty");
        }

        Header = [.. _fields.Select(name => name.Trim())];
        foreach (string name in Header)
        {
            if (!_columns.TryAdd(name, _columns.Count))
            {
                throw Refuse($"the header has '{ShownText.Of(name)}' twice");
            }
        }
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Gets the header as a message shows it.</summary>
    public string ShownHeader => ShownText.Of(string.Join(_separator, Header), ShownText.LineLength);

    /// <summary>Gets the number of the line on which the row begins.</summary>
    public int Line { get; private set; }

    /// <summary>Gets a field of the row.</summary>
    public string this[int column] => _fields[column];

    /// <summary>Gets a field of the row by a name that the header is known to have.</summary>
    public string this[string name] => _fields[_columns[name]];

    /// <summary>Goes to the next row.</summary>
    public bool Read()
    {
        if (!ReadFields())
        {
            return false;
        }

        return _fields.Count == Header.Count
            ? true
            : throw Refuse(FormattableString.Invariant($"it has {_fields.Count} fields where the header has {Header.Count}"));
    }

    /// <summary>Explains what is wrong with a field of the row.</summary>
    public FormatException Refuse(int column, string what) =>
        Refuse(FormattableString.Invariant($"column {column + 1} ({ShownText.Of(Header[column])}): '{ShownText.Of(this[column])}' {what}"));

    /// <inheritdoc cref="Refuse(int, string)"/>
    public FormatException Refuse(string column, string what) => Refuse(_columns[column], what);

    /// <summary>Explains what is wrong with the row.</summary>
    public FormatException Refuse(string what) => new(FormattableString.Invariant($"line {Line}: {what}"));

    private bool ReadFields()
    {
        while (_text.Peek() is '\n' or '\r')
        {
            _text.Read();
        }

        Line = _text.Line;
        _fields.Clear();
        if (_text.Peek() < 0)
        {
            return false;
        }

        while (ReadField())
        {
        }

        return true;
    }

    /// <summary>Reads a field and what ends it; tells whether another one follows in the row.</summary>
    private bool ReadField()
    {
        _field.Clear();
        int next = _text.Peek() == '"' ? ReadQuoted() : ReadPlain();
        if (_fields.Count == MostFields)
        {
            throw Refuse(FormattableString.Invariant($"it has more than {MostFields:N0} fields"));
        }

        _fields.Add(_field.ToString());
        _text.SkipFeedAfter(next);
        return next == _separator;
    }

    private int ReadPlain()
    {
        while (true)
        {
            _text.AppendUntil(_plainStops, _field, MostCharacters);
            int next = _text.Read();
            if (IsEnd(next))
            {
                return next;
            }

            Append(next != '"' ? next : throw RefuseHere("there is a quote within a field: a field with quotes is in quotes itself, and has each twice"));
        }
    }

    private int ReadQuoted()
    {
        _text.Read();
        while (true)
        {
            _text.AppendUntil(QuotedStops, _field, MostCharacters);
            int next = _text.Read();
            if (next < 0)
            {
                throw RefuseHere("its quote is not closed");
            }

            if (next == '"' && _text.Peek() != '"')
            {
                next = _text.Read();
                return IsEnd(next) ? next : throw RefuseHere("something follows its closing quote");
            }

            Append(next == '"' ? _text.Read() : next);
        }
    }

    private bool IsEnd(int next) => next < 0 || next == _separator || next is '\n' or '\r';

    private void Append(int next)
    {
        if (_field.Length == MostCharacters)
        {
            throw RefuseHere(FormattableString.Invariant($"it is longer than {MostCharacters:N0} characters"));
        }

        _field.Append((char)next);
    }

    private FormatException RefuseHere(string what) => Refuse(FormattableString.Invariant($"column {_fields.Count + 1}: {what}"));
}
