using System.Text.Json;
using RankNas.Files;

namespace RankNas.Tool.Configuration;

/// <summary>Options that a file gives: for every command that has them or, in an object by a command's name, for this command.</summary>
internal sealed class ConfigurationFile
{
    public const string DefaultName = "ranknas.json";
    public const string Variable = "RANKNAS_CONFIG";
    public const string SchemaKey = "$schema";

    private const long MaxBytes = 1 << 20;
    private const string Wanted = "a JSON file of settings, such as ranknas.json";

    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly Dictionary<(string Command, string Key), JsonElement> _values = [];
    private readonly string? _folder;

    private ConfigurationFile(string path, string? folder)
    {
        Path = path;
        _folder = folder;
    }

    /// <summary>Gets the path, as messages name it.</summary>
    public string Path { get; }

    /// <summary>Gets what is set, the command empty where it is for all.</summary>
    public IEnumerable<(string Command, string Key)> Keys => _values.Keys;

    /// <summary>Reads the file that is named, else that of the environment, else that in the working folder; null where there is none.</summary>
    /// <exception cref="UsageException">It cannot be read, or sets what there is not.</exception>
    public static ConfigurationFile? Find(string? named, ToolEnvironment environment, Command root)
    {
        string? variable = environment.Variables.GetValueOrDefault(Variable);
        string? path = named ?? variable;
        if (path is "")
        {
            // The variable without a value: no file at all.
            return null;
        }

        if (path is null)
        {
            string local = System.IO.Path.Combine(environment.Folder, DefaultName);
            return File.Exists(local) ? Read(local, DefaultName, environment.Folder == Environment.CurrentDirectory ? null : environment.Folder, root) : null;
        }

        string full = System.IO.Path.Combine(environment.Folder, path);
        try
        {
            return Read(full, path, System.IO.Path.GetDirectoryName(path) is { Length: > 0 } ? System.IO.Path.GetDirectoryName(full) : null, root);
        }
        catch (UsageException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new UsageException($"{(named is null ? Variable : "--config")}: {exception.Message}");
        }
    }

    /// <summary>Gets what the file sets for an option under a command's name or, without one, for every command; null where it sets nothing.</summary>
    public Setting? Find(string command, Option option) =>
        _values.TryGetValue((command, SettingNames.KeyOf(option)), out JsonElement value) ? new Setting(option, ValuesOf(option, value), Path) : null;

    private static ConfigurationFile Read(string path, string shown, string? folder, Command root)
    {
        var file = new ConfigurationFile(ShownText.OneLine(shown), folder);
        try
        {
            using FileStream stream = InputFile.Open(path, Wanted, MaxBytes);
            using JsonDocument document = JsonDocument.Parse(stream, Reading);
            file.Add(document.RootElement, root);
            return file;
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" in line {line + 1}") : "";
            throw new UsageException($"{file.Path} is not JSON{place}: {ShownText.OneLine(exception.Message.Split(" LineNumber", 2)[0])}");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException(exception.Message);
        }
    }

    private void Add(JsonElement root, Command commands)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("has to be an object, such as { \"batch\": 64 }");
        }

        (string Path, ToolCommand Command)[] all = [.. SettingNames.CommandsOf(commands)];
        Option[] options = [.. all.SelectMany(command => SettingNames.OptionsOf(command.Command))];
        foreach (JsonProperty property in root.EnumerateObject().Where(property => property.Name != SchemaKey))
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
            {
                Add("", property, options, all.Select(command => command.Path));
                continue;
            }

            ToolCommand owner = all.FirstOrDefault(command => command.Path == property.Name).Command
                ?? throw Wrong($"has '{ShownText.OneLine(property.Name)}', which is no command{Meant(property.Name, all.Select(command => command.Path))}");
            foreach (JsonProperty own in property.Value.EnumerateObject())
            {
                Add(property.Name, own, [.. SettingNames.OptionsOf(owner)], []);
            }
        }
    }

    private void Add(string command, JsonProperty property, IReadOnlyList<Option> options, IEnumerable<string> commands)
    {
        string key = property.Name;
        string shown = ShownText.OneLine(key);
        if (options.FirstOrDefault(option => SettingNames.KeyOf(option) == key) is not { } option)
        {
            string where = command.Length > 0 ? $"no option of ranknas {command}" : "no option of any command";
            throw Wrong(commands.Contains(key)
                ? $"has '{shown}', which is a command: write its options in an object"
                : $"has '{shown}', which is {where}{Meant(key.TrimStart('-'), options.Select(SettingNames.KeyOf).Distinct())}");
        }

        if (!SettingNames.IsForFiles(option))
        {
            throw Wrong($"has '{shown}', which loads code and so cannot be set by a file: write {option.Name} on the command line");
        }

        if (property.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Object
            || (property.Value.ValueKind == JsonValueKind.Array && (!option.AllowMultipleArgumentsPerToken || property.Value.GetArrayLength() == 0
                || property.Value.EnumerateArray().Any(value => value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))))
            || property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False != option is Option<bool>)
        {
            string kind = option is Option<bool> ? "true or false" : option.AllowMultipleArgumentsPerToken ? "one text or a list of texts" : "one text or number";
            throw Wrong($"has for '{shown}' what does not fit: write {kind}, or leave it out");
        }

        _values[(command, key)] = property.Value.Clone();
    }

    private string[] ValuesOf(Option option, JsonElement value) =>
        [.. (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : (IEnumerable<JsonElement>)[value]).Select(one => Located(option, TextOf(one)))];

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    // Paths are seen from the file.
    private string Located(Option option, string text) => _folder is not null && option is IPathOption && text.Length > 0 ? System.IO.Path.Combine(_folder, text) : text;

    private static string Meant(string written, IEnumerable<string> known) => Suggestion.For(written, known) is { } near ? $": did you mean {near}?" : "";

    private UsageException Wrong(string what) =>
        new($"{Path} {what}{(what.EndsWith('?') ? "" : ".")} See 'ranknas config schema'.");
}
