using System.Text;
using Spectre.Console;

namespace RankNas.Tool.Output;

/// <summary>Which writers are terminals, how wide these are, and Spectre consoles on them.</summary>
internal static class Consoles
{
    private const int WidthUnknown = 80;
    private const int HeightUnknown = 24;

    public static bool IsTerminal(TextWriter writer) => writer is StandardStream { IsTerminal: true };

    /// <summary>Gets a terminal's width in columns; null where the writer is none, and lines may be of any length.</summary>
    public static int? WidthOf(TextWriter writer) => IsTerminal(writer) ? TerminalWidth() : null;

    /// <summary>Gets the terminal that a live view may be drawn on; null where the writer is none, or one that cannot move its cursor, or a log keeps what it shows.</summary>
    public static StandardStream? LiveOn(TextWriter writer) =>
        writer is StandardStream { IsTerminal: true } stream
            && !IsDumb() && Environment.GetEnvironmentVariable("CI") is (null or "" or "false") ? stream : null;

    /// <summary>Makes a console on a terminal.</summary>
    public static IAnsiConsole On(StandardStream terminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new TerminalOutput(terminal),

        // Spectre looks at standard output, which may go to a file while errors go to the terminal.
        Ansi = OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
        ColorSystem = terminal.HasColors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.Yes,
    });

    private static bool IsDumb() => Environment.GetEnvironmentVariable("TERM") is "dumb";

    private static int TerminalWidth() => Size(() => Console.WindowWidth, WidthUnknown);

    private static int Size(Func<int> size, int unknown)
    {
        try
        {
            return size() is > 0 and int known ? known : unknown;
        }
        catch (IOException)
        {
            return unknown;
        }
    }

    private sealed class TerminalOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => TerminalWidth();

        public int Height => Size(() => Console.WindowHeight, HeightUnknown);

        public void SetEncoding(Encoding encoding)
        {
            // It is UTF-8 already.
        }
    }
}
