using System.Text.RegularExpressions;
using Xunit.Sdk;

namespace RankNas.Docs.Tests;

/// <summary>A block of C# on a page.</summary>
public sealed partial class Snippet : IXunitSerializable
{
    public Snippet()
    {
    }

    private Snippet(string page, int number, string code) => (Page, Number, Code) = (page, number, code);

    public string Page { get; private set; } = "";

    public int Number { get; private set; }

    public string Code { get; private set; } = "";

    public static IEnumerable<Snippet> On(string page) =>
        Blocks().Matches(File.ReadAllText(Repository.PathOf(page))).Select((block, index) => new Snippet(page, index + 1, block.Groups["code"].Value));

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Page), Page);
        info.AddValue(nameof(Number), Number);
        info.AddValue(nameof(Code), Code);
    }

    public void Deserialize(IXunitSerializationInfo info) => (Page, Number, Code) =
        (info.GetValue<string>(nameof(Page))!, info.GetValue<int>(nameof(Number)), info.GetValue<string>(nameof(Code))!);

    public override string ToString() => $"{Page} #{Number}";

    [GeneratedRegex(@"^```csharp\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
