using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace RankNas.Packages.Tests;

public class PackageContentTests(PackedFamily family)
{
    private const string Plotting = "RankNas.Plotting";
    private const string Graphs = "RankNas.Graphs";
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Ids => PackedFamily.Ids;

    [Fact]
    public void TheFamily_IsTheOneThatTheReadmeNames()
    {
        string page = File.ReadAllText(Repository.PathOf("README.md"));
        Ids.Select(row => row.Data).Should().HaveCount(19).And.OnlyContain(id => page.Contains($"| `{id}` |", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void APackage_HasItsLibrary_ItsDocumentation_AndNothingElse(string id)
    {
        using ZipArchive package = family.Open(id);
        string[] more = id switch
        {
            Plotting => ["OFL.txt"],
            "RankNas.Torch" => ["buildTransitive/RankNas.Torch.targets", "tools/RankNas.NativePatch.dll", "tools/RankNas.NativePatch.runtimeconfig.json"],
            _ => [],
        };
        package.Entries.Select(entry => entry.FullName).Where(name => !IsContainerPart(name)).Should().BeEquivalentTo(
            [$"{id}.nuspec", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", .. more], "libtorch is picked by what runs");
        XDocument.Parse(Text(package, $"lib/net10.0/{id}.xml")).Descendants("member").Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void APackage_SaysWhatItIs(string id)
    {
        using ZipArchive package = family.Open(id);
        XElement metadata = Metadata(package, id);
        Value(metadata, "id").Should().Be(id);
        Value(metadata, "version").Should().Be(family.Version).And.MatchRegex(@"^(?!0\.0\.)\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", "it comes from Git, or is at least 0.1");
        Value(metadata, "license").Should().Be(id == Plotting ? "MIT AND OFL-1.1" : "MIT");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "icon").Should().Be("icon.png");
        Value(metadata, "description").Should().NotBeNullOrWhiteSpace().And.NotBe("Package Description");

        string page = Text(package, "README.md").ReplaceLineEndings("\n");
        page.Should().StartWith($"# {id}\n").And.Contain($"dotnet add package {id}\n").And.Contain("```csharp\n");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void APackage_HasAnIconOf128Pixels(string id)
    {
        using ZipArchive package = family.Open(id);
        byte[] icon = Bytes(package, "icon.png");
        Encoding.ASCII.GetString(icon, 1, 3).Should().Be("PNG");
        BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)).Should().Be(128);
        BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)).Should().Be(128);
    }

    [Theory]
    [InlineData(Graphs, "")]
    [InlineData("RankNas.Abstractions", "RankNas.Graphs")]
    [InlineData("RankNas.Torch", "RankNas.Abstractions RankNas.Graphs")]
    [InlineData("RankNas.Kernels", "RankNas.Abstractions RankNas.Graphs RankNas.Torch")]
    [InlineData("RankNas.SearchSpaces", "RankNas.Abstractions")]
    [InlineData("RankNas.Proxies", "RankNas.Abstractions RankNas.Kernels")]
    [InlineData("RankNas.Strategies", "RankNas.Abstractions")]
    [InlineData("RankNas.Storage.Sqlite", "RankNas.Abstractions")]
    [InlineData("RankNas.Onnx", "RankNas.Core")]
    [InlineData("RankNas.Images", "RankNas.Core")]
    [InlineData("RankNas.Fitting", "RankNas RankNas.Images RankNas.Onnx RankNas.Plotting RankNas.Storage.Sqlite RankNas.Training")]
    [InlineData("RankNas.Core", "RankNas.Abstractions RankNas.Kernels")]
    [InlineData(Plotting, "RankNas.Core")]
    [InlineData("RankNas.Training", "RankNas.Core")]
    [InlineData("RankNas.Distributed.RabbitMq", "RankNas")]
    [InlineData("RankNas.Extensions.DependencyInjection", "RankNas RankNas.Core RankNas.Storage.Sqlite")]
    [InlineData("RankNas", "RankNas.Core RankNas.Proxies RankNas.SearchSpaces RankNas.Strategies")]
    [InlineData("RankNas.NatsBench", "RankNas.Abstractions")]
    [InlineData("RankNas.Evaluation", "RankNas RankNas.NatsBench")]
    public void APackage_DependsOnItsFamilyInThisVersionAlone_AndOnNoNativeHalf(string id, string expected)
    {
        using ZipArchive package = family.Open(id);
        (string Id, string Version)[] dependencies = [.. Metadata(package, id).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value))];
        dependencies.Where(dependency => dependency.Id.StartsWith("RankNas", StringComparison.Ordinal)).Should().BeEquivalentTo(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(member => (member, $"[{family.Version}]")));
        dependencies.Where(dependency => dependency.Id == "TorchSharp").Should().BeEquivalentTo(
            id == Graphs ? [] : new[] { ("TorchSharp", "[0.107.0, 0.108.0)") }, "its private parts are relied on");
        dependencies.Select(dependency => dependency.Id).Should()
            .NotContain(name => name.StartsWith("TorchSharp-", StringComparison.Ordinal) || name.StartsWith("libtorch", StringComparison.Ordinal))
            .And.NotContain("MinVer")
            .And.NotContain(name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Symbols_AreBesideThePackage_WithTheWayToTheSourceWhereOneIsKnown(string id)
    {
        using ZipArchive symbols = family.Open(id, "snupkg");
        using var stream = new MemoryStream(Bytes(symbols, $"lib/net10.0/{id}.pdb"));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        MetadataReader reader = provider.GetMetadataReader();
        reader.Documents.Should().NotBeEmpty();
        reader.CustomDebugInformation.Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == SourceLink)
            .Should().Be(HasKnownHost());
    }

    // SourceLink of the SDK knows these hosts; without a remote, or with another, symbols come without it.
    private static bool HasKnownHost()
    {
        string configuration = Repository.PathOf(".git", "config");
        string remotes = File.Exists(configuration) ? File.ReadAllText(configuration) : "";
        return ((string[])["github.com", "gitlab.com", "dev.azure.com", "visualstudio.com", "bitbucket.org"]).Any(host =>
            remotes.Contains(host, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsContainerPart(string name) =>
        name is "_rels/.rels" or "[Content_Types].xml" || name.StartsWith("package/services/metadata/", StringComparison.Ordinal);

    private static XElement Metadata(ZipArchive package, string id) =>
        XDocument.Parse(Text(package, $"{id}.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");

    private static string? Value(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string Text(ZipArchive package, string entry) => Encoding.UTF8.GetString(Bytes(package, entry)).TrimStart('\uFEFF');

    private static byte[] Bytes(ZipArchive package, string entry)
    {
        using Stream stream = package.GetEntry(entry)!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
