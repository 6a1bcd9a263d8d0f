using Spectre.Console;
using Spectre.Console.Rendering;

namespace RankNas.Tool.Output.Live;

/// <summary>The last lines of a terminal, drawn anew several times a second while something runs, and gone when it ends.</summary>
/// <remarks>What is written to the errors meanwhile goes above it.</remarks>
internal static class LiveRegion
{
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(200);

    public static async Task<T> RunAsync<T>(StandardStream errors, ILiveView view, Func<Task<T>> run)
    {
        IAnsiConsole console = Consoles.On(errors);
        errors.Above = line => console.Write(new Text(line + Environment.NewLine));
        try
        {
            return await RunAsync(console, view, run).ConfigureAwait(false);
        }
        finally
        {
            errors.Above = null;
        }
    }

    /// <summary>Draws the view on a console while something runs.</summary>
    public static Task<T> RunAsync<T>(IAnsiConsole console, ILiveView view, Func<Task<T>> run)
    {
        var frame = new Frame(view);
        return console.Live(frame).AutoClear(true).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Top)
            .StartAsync(context => DrawWhileAsync(run(), frame, context, console));
    }

    private static async Task<T> DrawWhileAsync<T>(Task<T> running, Frame frame, LiveDisplayContext context, IAnsiConsole console)
    {
        while (!running.IsCompleted)
        {
            frame.PrepareFor(console);
            context.Refresh();

            // At a line's end, the ^C that a terminal shows would begin another line.
            console.Profile.Out.Writer.Write('\r');
            await Task.WhenAny(running, Task.Delay(BetweenFrames)).ConfigureAwait(false);
        }

        frame.PrepareFor(console);
        return await running.ConfigureAwait(false);
    }

    /// <summary>The view as it is drawn, and how it was drawn last.</summary>
    private sealed class Frame(ILiveView view) : IRenderable
    {
        private IRenderable _lines = Text.Empty;
        private int[] _widths = [];
        private int _width;

        /// <summary>Takes the view's lines. Where the terminal has become narrower, it has broken the lines drawn last, which are more then than Spectre would clear.</summary>
        public void PrepareFor(IAnsiConsole console)
        {
            int width = console.Profile.Width;
            if (width < _width && _widths.Length > 0)
            {
                int most = console.Profile.Height;
                int lines = Math.Min(most, _widths.Length);
                int rows = Math.Min(most, _widths.TakeLast(lines).Sum(line => Math.Max(1, (line + width - 1) / width)));

                // To the first of them, all below cleared, and to where Spectre supposes to be.
                console.Profile.Out.Writer.Write($"\r{(rows > 1 ? $"\e[{rows - 1}A" : "")}\e[J{new string('\n', lines - 1)}");
            }

            // A terminal may break a line that fills it.
            IRenderable[] shown = [.. view.Lines(Math.Max(1, width - 1))];
            _lines = new Rows(shown);
            _width = width;
            _widths = [.. shown.Select(line => line.Measure(RenderOptions.Create(console), width).Max)];
        }

        public Measurement Measure(RenderOptions options, int maxWidth) => _lines.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => _lines.Render(options, maxWidth);
    }
}
