using Spectre.Console;
using Spectre.Console.Rendering;

namespace RankNas.Tool.Output.Live;

/// <summary>The last lines of a terminal, drawn anew several times a second while something runs, and gone when it ends.</summary>
/// <remarks>Spectre's own live display clears the screen, and what was scrolled off it, where a terminal becomes narrower.</remarks>
internal sealed class LiveRegion(IAnsiConsole console, ILiveView view)
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";

    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private int[] _drawn = [];

    /// <summary>Draws the view on a terminal while something runs; what is written to the errors meanwhile goes above it.</summary>
    public static async Task<T> RunAsync<T>(StandardStream errors, ILiveView view, Func<Task<T>> run)
    {
        var region = new LiveRegion(Consoles.On(errors), view);
        errors.Above = region.WriteAbove;
        try
        {
            return await region.RunAsync(run).ConfigureAwait(false);
        }
        finally
        {
            errors.Above = null;
        }
    }

    /// <summary>Draws the view while something runs.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        if (!console.Profile.Capabilities.Ansi)
        {
            return await run().ConfigureAwait(false);
        }

        TextWriter writer = console.Profile.Out.Writer;
        writer.Write(HideCursor);
        try
        {
            Task<T> running = run();
            while (!running.IsCompleted)
            {
                Draw(above: null);
                await Task.WhenAny(running, Task.Delay(BetweenFrames)).ConfigureAwait(false);
            }

            return await running.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                writer.Write(Erasure() + ShowCursor);
                _drawn = [];
            }
        }
    }

    /// <summary>Writes a line above the region.</summary>
    public void WriteAbove(string line) => Draw(line);

    private void Draw(string? above)
    {
        lock (_gate)
        {
            console.Profile.Out.Writer.Write(Erasure() + (above is null ? "" : above + Environment.NewLine));

            // A terminal may break a line that fills it, and the cursor is on a line of its own: there, the ^C that a terminal shows does no harm.
            int width = Math.Max(1, console.Profile.Width - 1);
            IRenderable[] shown = [.. view.Lines(width).TakeLast(Math.Max(1, console.Profile.Height - 1))];
            _drawn = [.. shown.Select(line => line.Measure(RenderOptions.Create(console), width).Max)];
            console.Write(new Rows(shown));
        }
    }

    // A terminal that has become narrower has broken the lines.
    private string Erasure()
    {
        int width = Math.Max(1, console.Profile.Width);
        int rows = Math.Min(console.Profile.Height - 1, _drawn.Sum(line => Math.Max(1, (line + width - 1) / width)));
        return rows > 0 ? $"\r\e[{rows}A\e[J" : "";
    }
}
