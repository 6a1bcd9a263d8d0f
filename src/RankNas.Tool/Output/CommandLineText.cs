using System.Text;

namespace RankNas.Tool.Output;

/// <summary>A command line as one types it into a POSIX shell.</summary>
internal sealed class CommandLineText(string command)
{
    private const string Plain = "-_./:=,+@%";

    private readonly StringBuilder _line = new(command);

    /// <summary>Adds an option, with its values if it has any; nothing where a value is null.</summary>
    public CommandLineText Add(string option, params ReadOnlySpan<object?> values)
    {
        if (values.Contains(null))
        {
            return this;
        }

        _line.Append(' ').Append(option);
        foreach (object? value in values)
        {
            _line.Append(' ').Append(Quote(Convert.ToString(value, CultureInfo.InvariantCulture)!));
        }

        return this;
    }

    public override string ToString() => _line.ToString();

    private static string Quote(string word) => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
