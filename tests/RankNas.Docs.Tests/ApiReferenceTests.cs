using RankNas.Evaluation;
using RankNas.Fitting;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Kernels;
using RankNas.NatsBench;
using RankNas.Proxies;
using RankNas.SearchSpaces;
using RankNas.Storage.Sqlite;
using RankNas.Strategies;
using RankNas.Torch;
using RankNas.Training;

namespace RankNas.Docs.Tests;

/// <summary>docs/api has every public type. That it is what the comments say, .ci/run checks: eng/site.sh --check.</summary>
public sealed class ApiReferenceTests
{
    // One of each package.
    private static readonly Type[] OfPackages =
    [
        typeof(NasBuilder), typeof(ISearchSpace), typeof(Naswot), typeof(RandomSearch), typeof(NatsTopologySpace), typeof(SqliteScoreStore), typeof(OnnxExtensions),
        typeof(PictureOptions), typeof(AccuracyTable), typeof(DrawingExtensions), typeof(PresetBuilderExtensions), typeof(NetworkGraph), typeof(InstructionSet),
        typeof(LatencyMeter), typeof(NetworkTrainer), typeof(FitOptions), typeof(ClusterBuilderExtensions), typeof(RankNasServiceCollectionExtensions), typeof(ScoreCorrelation),
    ];

    // The compiler's own types, such as that of an extension block, have a name that no source can have.
    private static IEnumerable<Type> PublicTypes =>
        OfPackages.SelectMany(type => type.Assembly.GetExportedTypes()).Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal));

    [Fact]
    public void EveryPackage_IsThere() => OfPackages.Select(type => type.Assembly.GetName().Name).Should().BeEquivalentTo(
        Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Where(IsPackedLibrary).Select(Path.GetFileNameWithoutExtension));

    [Fact]
    public void EveryPublicType_HasAPage() => PublicTypes
        .Select(type => $"{type.FullName!.Replace('`', '-').Replace('+', '.')}.md")
        .Except(Directory.GetFiles(Repository.PathOf("docs", "api")).Select(Path.GetFileName))
        .Should().BeEmpty("eng/site.sh writes docs/api");

    [Fact]
    public void EveryNamespace_IsOnTheReferencesFirstPage()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "api-reference.md"));
        PublicTypes.Select(type => $"(api/{type.Namespace}.md)").Distinct().Where(link => !page.Contains(link, StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static bool IsPackedLibrary(string project)
    {
        string text = File.ReadAllText(project);
        return text.Contains("<ProjectKind>Library<", StringComparison.Ordinal) && !text.Contains("<IsPackable>false<", StringComparison.Ordinal);
    }
}
