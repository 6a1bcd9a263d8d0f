using System.Collections;

namespace RankNas.Tool.Configuration;

/// <summary>Where a process runs: its working folder and its environment.</summary>
internal sealed record ToolEnvironment(string Folder, IReadOnlyDictionary<string, string> Variables)
{
    public static ToolEnvironment OfThisProcess() => new(
        Environment.CurrentDirectory,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? ""));
}
