using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RankNas.Tool.Configuration;

/// <summary>The JSON schema of the file of settings, made of the options.</summary>
internal static class SettingsSchema
{
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Command root)
    {
        (string Path, ToolCommand Command)[] commands = [.. SettingNames.CommandsOf(root)];
        var properties = new JsonObject { [ConfigurationFile.SchemaKey] = new JsonObject { ["type"] = "string" } };
        foreach (IGrouping<string, Option> options in commands.SelectMany(command => OptionsOf(command.Command)).GroupBy(SettingNames.KeyOf).OrderBy(options => options.Key, StringComparer.Ordinal))
        {
            properties[options.Key] = OfAny([.. options]);
        }

        foreach ((string path, ToolCommand command) in commands.Where(command => OptionsOf(command.Command).Any()))
        {
            properties[path] = new JsonObject
            {
                ["description"] = $"Values for ranknas {path} alone. {command.Description}",
                ["type"] = "object",
                ["properties"] = new JsonObject(OptionsOf(command).OrderBy(SettingNames.KeyOf, StringComparer.Ordinal)
                    .Select(option => KeyValuePair.Create(SettingNames.KeyOf(option), (JsonNode?)OfOption(option)))),
                ["additionalProperties"] = false,
            };
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Settings of ranknas",
            ["description"] = "Values for options of the ranknas command that are given neither on the command line nor in the environment.",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        }.ToJsonString(Writing);
    }

    private static IEnumerable<Option> OptionsOf(ToolCommand command) => SettingNames.OptionsOf(command).Where(SettingNames.IsForFiles);

    // Commands differ in what an option of the same name means and takes.
    private static JsonObject OfAny(Option[] options)
    {
        JsonObject[] distinct = [.. options.Select(OfOption).DistinctBy(schema => schema.ToJsonString())];
        return distinct is [var only] ? only : new JsonObject { ["anyOf"] = new JsonArray([.. distinct]) };
    }

    private static JsonObject OfOption(Option option)
    {
        var schema = new JsonObject { ["description"] = option.Description };
        switch (option)
        {
            case Option<bool>:
                schema["type"] = "boolean";
                break;
            case ChoiceOption choice:
                schema["enum"] = new JsonArray([.. choice.Words.Select(word => JsonValue.Create(word))]);
                break;
            case INumberOption number:
                // Large numbers may be written as 300k, and so as texts.
                schema["type"] = new JsonArray(number.IsWhole ? "integer" : "number", "string");
                schema["minimum"] = JsonNode.Parse(number.Least);
                schema["maximum"] = JsonNode.Parse(number.Most);
                break;
            case { AllowMultipleArgumentsPerToken: true }:
                schema["type"] = new JsonArray("array", "string");
                schema["items"] = new JsonObject { ["type"] = "string" };
                schema["minItems"] = 1;
                break;
            default:
                schema["type"] = option is IPathOption ? "string" : new JsonArray("string", "number");
                break;
        }

        return schema;
    }
}
