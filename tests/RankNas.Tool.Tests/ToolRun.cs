using System.Text.Json;
using RankNas.Tool.Configuration;

namespace RankNas.Tool.Tests;

/// <summary>One run of the command line, in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static async Task<ToolRun> Of(params string[] arguments) => await Of(TestContext.Current.CancellationToken, arguments);

    public static Task<ToolRun> Of(CancellationToken cancellationToken, params string[] arguments) => Of(cancellationToken, null, arguments);

    public static Task<ToolRun> Of(ToolEnvironment environment, params string[] arguments) => Of(TestContext.Current.CancellationToken, environment, arguments);

    private static async Task<ToolRun> Of(CancellationToken cancellationToken, ToolEnvironment? environment, string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int exitCode = await CommandLine.RunAsync(arguments, output, errors, cancellationToken, environment);
        return new ToolRun(exitCode, output.ToString(), errors.ToString());
    }
}
