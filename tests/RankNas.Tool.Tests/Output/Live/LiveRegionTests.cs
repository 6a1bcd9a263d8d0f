using RankNas.Tool.Output.Live;
using Spectre.Console;
using Spectre.Console.Rendering;
using Spectre.Console.Testing;

namespace RankNas.Tool.Tests.Output.Live;

public class LiveRegionTests
{
    private const string ShowCursor = "\e[?25h";
    private const string HideCursor = "\e[?25l";

    [Fact]
    public async Task RunAsync_WhenItEnds_IsClearedAndTheCursorIsThere()
    {
        using TestConsole console = Terminal(80);
        int result = await new LiveRegion(console, new Lines(3, 30)).RunAsync(async () =>
        {
            await UntilAsync(() => console.Output.Contains("line 2", StringComparison.Ordinal));
            return 7;
        });

        result.Should().Be(7);
        console.Output.Should().StartWith(HideCursor).And.EndWith($"\r\e[3A\e[J{ShowCursor}");
    }

    [Fact]
    public async Task RunAsync_WhatRunsThrows_IsClearedAndTheCursorIsThere()
    {
        using TestConsole console = Terminal(80);
        Func<Task> run = () => new LiveRegion(console, new Lines(1, 10)).RunAsync<int>(async () =>
        {
            await UntilAsync(() => console.Output.Contains("line 0", StringComparison.Ordinal));
            throw new OperationCanceledException();
        });

        await run.Should().ThrowAsync<OperationCanceledException>();
        console.Output.Should().EndWith(ShowCursor);
    }

    [Fact]
    public async Task RunAsync_ATerminalThatBecomesNarrower_ClearsAllThatItHasMadeOfTheLines()
    {
        using TestConsole console = Terminal(80);
        await new LiveRegion(console, new Lines(3, 70)).RunAsync(async () =>
        {
            await UntilAsync(() => console.Output.Contains("line 2", StringComparison.Ordinal));
            int before = console.Output.Length;
            console.Profile.Width = 30;
            await UntilAsync(() => console.Output.IndexOf("line 2", before, StringComparison.Ordinal) >= 0);
            return 0;
        });

        // Three lines of 70 are nine of 30. Nothing above them is cleared.
        console.Output.Should().Contain("\r\e[9A\e[J").And.NotContain("\e[2J");
    }

    [Fact]
    public async Task WriteAbove_WhileItIsDrawn_ClearsItFirstAndDrawsItBelow()
    {
        using TestConsole console = Terminal(80);
        var region = new LiveRegion(console, new Lines(1, 10));
        await region.RunAsync(async () =>
        {
            await UntilAsync(() => console.Output.Contains("line 0", StringComparison.Ordinal));
            region.WriteAbove("a worker is gone");
            return 0;
        });

        console.Output.ReplaceLineEndings("\n").Should().Contain("\e[1A\e[Ja worker is gone\nline 0 ...\n");
    }

    private static TestConsole Terminal(int width)
    {
        TestConsole console = new TestConsole().EmitAnsiSequences().Width(width).Height(24);
        console.Profile.Capabilities.Interactive = true;
        return console;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Lines(int count, int length) : ILiveView
    {
        IEnumerable<IRenderable> ILiveView.Lines(int width) =>
            Enumerable.Range(0, count).Select(line => new Text($"line {line} ".PadRight(length, '.')[..Math.Min(length, width)]));
    }
}
