using System.Reflection;

namespace RankNas.Tool;

/// <summary>The version of the tool.</summary>
internal static class ToolVersion
{
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Gets the version without the commit, such as <c>0.1.0</c>.</summary>
    public static string Number { get; } = Text.Split('+')[0];

    /// <summary>Gets the version and the commit it was built from, on one line.</summary>
    public static string Line { get; } = Text.Split('+', 2) is [_, { Length: > 0 } commit] ? $"ranknas {Number} (commit {commit})" : $"ranknas {Number}";
}
