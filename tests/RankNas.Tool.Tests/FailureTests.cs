using System.Runtime.InteropServices;
using RankNas.SearchSpaces;
using RankNas.Tool.Arguments;

namespace RankNas.Tool.Tests;

public class FailureTests
{
    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new UsageException("Write it."), 2, "Write it." },
        { new IOException("The disk is full."), 1, "The disk is full." },
        { new AggregateException(new InvalidDataException("It is damaged.")), 1, "It is damaged." },
        { new ArchitectureFormatException("It is no architecture."), 1, "It is no architecture." },
        { new InsufficientMemoryException("Insufficient memory."), 1, "out of memory: write a smaller --batch, or fewer --workers." },
        { new NativeFailure("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes.\n frame 1"), 1, "out of memory: write a smaller --batch, or fewer --workers." },
        { new ArgumentNullException("batch"), 1, "internal error: ArgumentNullException: Value cannot be null. (Parameter 'batch') Set RANKNAS_TRACE=1 for the stack trace." },
        { new NativeFailure("expected m1 and m2\nException raised from x at y.cpp"), 1, "internal error: NativeFailure: expected m1 and m2 Set RANKNAS_TRACE=1 for the stack trace." },
        { new IOException("'a\e[31mb'\r\nis no file"), 1, "'a\\u{1b}[31mb' is no file" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Write_AnyException_IsOneLineAndAnExitCode(Exception exception, int exitCode, string line)
    {
        using var errors = new StringWriter();

        var failure = Failure.Of(exception);
        failure.Write(errors);

        failure.ExitCode.Should().Be(exitCode);
        errors.ToString().Should().Be($"ranknas: {line}{Environment.NewLine}");
    }

    [Fact]
    public async Task RunAsync_AnOutputThatFails_EndsWithOneAndOneLine()
    {
        using var errors = new StringWriter();
        int exitCode = await CommandLine.RunAsync(["--help"], new Full(), errors, TestContext.Current.CancellationToken);
        exitCode.Should().Be(1);
        errors.ToString().Should().Be($"ranknas: No space left on device{Environment.NewLine}");
    }

    private sealed class NativeFailure(string message) : ExternalException(message);

    private sealed class Full : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
