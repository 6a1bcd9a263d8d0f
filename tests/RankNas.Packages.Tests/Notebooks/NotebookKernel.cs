using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace RankNas.Packages.Tests.Notebooks;

/// <summary>A kernel of .NET Interactive, asked by the lines of JSON that editors send to it.</summary>
internal sealed class NotebookKernel : IDisposable
{
    private readonly Process _process;
    private int _commands;

    private NotebookKernel(Process process) => _process = process;

    /// <summary>Starts a kernel of C#, by the tool that the repository names.</summary>
    /// <param name="folder">The folder that its code runs in.</param>
    /// <param name="environment">What is added to its environment.</param>
    public static async Task<NotebookKernel> StartAsync(string folder, IReadOnlyDictionary<string, string> environment)
    {
        (await DotnetRun.Of(Repository.Root, new Dictionary<string, string>(), "tool", "restore")).ShouldSucceed();
        var start = new ProcessStartInfo("dotnet", ["tool", "run", "dotnet-interactive", "--", "stdio", "--default-kernel", "csharp", "--working-dir", folder])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        DotnetRun.Isolate(start.Environment);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        return new NotebookKernel(Process.Start(start) ?? throw new InvalidOperationException("The kernel did not start."));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>Its outputs, each as it is at the end.</returns>
    /// <exception cref="InvalidOperationException">The cell failed, or the kernel ended.</exception>
    public async Task<IReadOnlyList<NotebookOutput>> RunAsync(string code, CancellationToken cancellationToken)
    {
        string token = (++_commands).ToString(CultureInfo.InvariantCulture);
        var command = new JsonObject
        {
            ["token"] = token,
            ["commandType"] = "SubmitCode",
            ["command"] = new JsonObject { ["code"] = code, ["targetKernelName"] = "csharp" },
            ["routingSlip"] = new JsonArray(),
        };
        await _process.StandardInput.WriteLineAsync(command.ToJsonString().AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);

        List<(string? Id, NotebookOutput Output)> outputs = [];
        while (true)
        {
            string line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"The kernel ended while it ran\n{code}");

            // A new user is greeted in plain words first.
            if (!line.StartsWith('{'))
            {
                continue;
            }

            JsonNode message = JsonNode.Parse(line)!;
            JsonNode told = message["event"]!;
            switch ((string)message["eventType"]!)
            {
                case "StandardOutputValueProduced":
                    Append(outputs, "stdout", TextsOf(told).Values.Single());
                    break;
                case "StandardErrorValueProduced":
                    Append(outputs, "stderr", TextsOf(told).Values.Single());
                    break;
                case "ReturnValueProduced":
                    outputs.Add((null, new NotebookOutput("execute_result", TextsOf(told))));
                    break;
                case "DisplayedValueProduced":
                    outputs.Add(((string?)told["valueId"], new NotebookOutput("display_data", TextsOf(told))));
                    break;
                case "DisplayedValueUpdated":
                    // What the kernel says of packages may come late, when the next cell runs.
                    if (outputs.FindLastIndex(output => output.Id == (string?)told["valueId"]) is >= 0 and int place)
                    {
                        outputs[place] = (outputs[place].Id, new NotebookOutput("display_data", TextsOf(told)));
                    }

                    break;
                case "CommandSucceeded" when (string?)message["command"]!["token"] == token:
                    return [.. outputs.Select(output => output.Output)];
                case "CommandFailed" when (string?)message["command"]!["token"] == token:
                    throw new InvalidOperationException($"{(string?)told["message"]}\n\nThe cell:\n{code}");
            }
        }
    }

    private static Dictionary<string, string> TextsOf(JsonNode told) =>
        told["formattedValues"]!.AsArray().ToDictionary(value => (string)value!["mimeType"]!, value => (string)value!["value"]!);

    private static void Append(List<(string? Id, NotebookOutput Output)> outputs, string stream, string text)
    {
        if (outputs is [.., (_, { Kind: "stream" } last)] && last.Texts.TryGetValue(stream, out string? before))
        {
            outputs.RemoveAt(outputs.Count - 1);
            text = before + text;
        }

        outputs.Add((null, new NotebookOutput("stream", new Dictionary<string, string> { [stream] = text })));
    }
}
