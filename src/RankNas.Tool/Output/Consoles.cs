using System.Text;
using Spectre.Console;

namespace RankNas.Tool.Output;

/// <summary>Which writers are terminals, how wide these are, and Spectre consoles on them.</summary>
internal static class Consoles
{
    private const int WidthUnknown = 80;

    public static bool IsTerminal(TextWriter writer) => writer is StandardStream { IsTerminal: true };

    /// <summary>Gets a terminal's width in columns; null where the writer is none, and lines may be of any length.</summary>
    public static int? WidthOf(TextWriter writer) => IsTerminal(writer) ? TerminalWidth() : null;

    /// <summary>Makes a console on a writer that is a terminal.</summary>
    public static IAnsiConsole On(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new TerminalOutput(writer),

        // Spectre looks at standard output, which may go to a file while errors go to the terminal.
        Ansi = IsDumb() ? AnsiSupport.No : OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
        Interactive = InteractionSupport.Yes,
    });

    private static bool IsDumb() => Environment.GetEnvironmentVariable("TERM") is "dumb";

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and int width ? width : WidthUnknown;
        }
        catch (IOException)
        {
            return WidthUnknown;
        }
    }

    private sealed class TerminalOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => TerminalWidth();

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // It is UTF-8 already.
        }
    }
}
