using System.Text.Json;
using RankNas.Tool.Configuration;

namespace RankNas.Tool.Tests;

/// <summary>One run of the command line, in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static async Task<ToolRun> Of(params string[] arguments) => await Of(TestContext.Current.CancellationToken, arguments);

    public static Task<ToolRun> Of(CancellationToken cancellationToken, params string[] arguments) => Of(null, arguments, cancellationToken);

    public static Task<ToolRun> Of(ToolEnvironment environment, params string[] arguments) => Of(environment, arguments, TestContext.Current.CancellationToken);

    private static async Task<ToolRun> Of(ToolEnvironment? environment, string[] arguments, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int exitCode = await CommandLine.RunAsync(arguments, output, errors, cancellationToken, environment);
        return new ToolRun(exitCode, output.ToString(), errors.ToString());
    }
}
