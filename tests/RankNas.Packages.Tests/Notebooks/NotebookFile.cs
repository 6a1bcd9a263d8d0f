using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RankNas.Packages.Tests.Notebooks;

/// <summary>A notebook's file: its cells, and the outputs saved with them.</summary>
internal sealed class NotebookFile
{
    // As Jupyter writes it, so that its own saving changes nothing.
    private static readonly JsonSerializerOptions AsJupyter = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _path;
    private readonly JsonNode _document;

    private NotebookFile(string path, JsonNode document) => (_path, _document) = (path, document);

    /// <summary>Gets the cells of code, in order.</summary>
    public JsonObject[] CodeCells => [.. _document["cells"]!.AsArray().Select(cell => cell!.AsObject()).Where(cell => (string?)cell["cell_type"] == "code")];

    public static NotebookFile Read(string path) => new(path, JsonNode.Parse(File.ReadAllText(path))!);

    public static string CodeOf(JsonObject cell) => TextOf(cell["source"]!);

    public static NotebookOutput[] OutputsOf(JsonObject cell) => [.. cell["outputs"]!.AsArray().Select(output => (string)output!["output_type"]! is "stream"
        ? new NotebookOutput("stream", new Dictionary<string, string> { [(string)output["name"]!] = TextOf(output["text"]!) })
        : new NotebookOutput((string)output["output_type"]!, output["data"]!.AsObject().ToDictionary(data => data.Key, data => TextOf(data.Value!))))];

    public static void SetOutputs(JsonObject cell, int number, IEnumerable<NotebookOutput> outputs)
    {
        cell["execution_count"] = number;
        cell["outputs"] = new JsonArray([.. outputs.Select(output => (JsonNode)(output.Kind switch
        {
            "stream" => new JsonObject { ["name"] = output.Texts.Keys.Single(), ["output_type"] = output.Kind, ["text"] = LinesOf(output.Texts.Values.Single()) },
            "execute_result" => new JsonObject { ["data"] = DataOf(output), ["execution_count"] = number, ["metadata"] = new JsonObject(), ["output_type"] = output.Kind },
            _ => new JsonObject { ["data"] = DataOf(output), ["metadata"] = new JsonObject(), ["output_type"] = output.Kind },
        }))]);
    }

    public void Save() => File.WriteAllText(_path, _document.ToJsonString(AsJupyter) + "\n");

    private static JsonObject DataOf(NotebookOutput output) => new(output.Texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)LinesOf(text.Value))));

    private static JsonArray LinesOf(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        return new JsonArray([.. lines.Select((line, index) => (JsonNode)(index < lines.Length - 1 ? line + "\n" : line)).Where(line => line.GetValue<string>().Length > 0)]);
    }

    private static string TextOf(JsonNode text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)text!;
}
