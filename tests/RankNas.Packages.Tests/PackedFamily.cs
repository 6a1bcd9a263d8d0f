using System.IO.Compression;
using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(RankNas.Packages.Tests.PackedFamily))]

namespace RankNas.Packages.Tests;

/// <summary>Every library as a package, in a feed and with a packages folder of this run's own.</summary>
public sealed class PackedFamily : IAsyncLifetime
{
    // No other package's name begins with its name.
    private const string Alone = "RankNas.Graphs";

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private readonly TempFolder _temporary = new();
    private IReadOnlyDictionary<string, string> _environment = Nothing;

    public static TheoryData<string> Ids => [.. Libraries.Select(project => Path.GetFileNameWithoutExtension(project))];

    /// <summary>Gets the version that packing gave them all: of the last tag, or a pre-release after it.</summary>
    public string Version { get; private set; } = "";

    private static string[] Libraries => [.. Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
        .Where(project => Path.GetFileNameWithoutExtension(project) is not ("RankNas.Tool" or "RankNas.Reproduction")).Order(StringComparer.Ordinal)];

    private string Feed => _temporary.File("feed");

    public async ValueTask InitializeAsync()
    {
        await PackAsync();
        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Feed, $"{Alone}.*.nupkg").Single())[(Alone.Length + 1)..];
        DotnetRun cache = (await DotnetRun.Of(_temporary.Path, Nothing, "nuget", "locals", "global-packages", "--list")).ShouldSucceed();
        string machine = cache.Output[(cache.Output.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = _temporary.File("packages") };

        // What others made need not be fetched again; what is ours must not come from an earlier run.
        if (Directory.Exists(machine) && Directory.GetDirectories(machine, "ranknas*").Length == 0)
        {
            environment["NUGET_FALLBACK_PACKAGES"] = machine;
        }

        _environment = environment;
    }

    public ValueTask DisposeAsync()
    {
        _temporary.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a package: <c>nupkg</c>, or <c>snupkg</c> for its symbols.</summary>
    public ZipArchive Open(string id, string kind = "nupkg") => ZipFile.OpenRead(Path.Combine(Feed, $"{id}.{Version}.{kind}"));

    /// <summary>Makes a folder outside of the repository, with the packages among its sources.</summary>
    public string CreateFolder(string name)
    {
        string folder = Directory.CreateDirectory(_temporary.File(name)).FullName;
        new XElement("configuration", new XElement("packageSources", new XElement("add", new XAttribute("key", "family"), new XAttribute("value", Feed))))
            .Save(Path.Combine(folder, "nuget.config"));
        return folder;
    }

    /// <summary>Runs <c>dotnet</c> with the packages folder of this run.</summary>
    internal Task<DotnetRun> RunAsync(string folder, params string[] arguments) => DotnetRun.Of(folder, _environment, arguments);

    // One process packs them all: what the build has made is taken as it is.
    private async Task PackAsync()
    {
        string properties = $"Configuration={PackageSource.Configuration};NoBuild=true;PackageOutputPath={Feed}{Path.DirectorySeparatorChar}";
        var project = new XElement("Project", new XElement("Target", new XAttribute("Name", "Pack"),
            new XElement("MSBuild", new XAttribute("Projects", string.Join(';', Libraries)), new XAttribute("Targets", "Pack"),
                new XAttribute("Properties", properties), new XAttribute("BuildInParallel", "true"))));
        string path = _temporary.File("family.proj");
        project.Save(path);
        (await DotnetRun.Of(_temporary.Path, Nothing, "msbuild", path, "-t:Pack", "-m", "-nologo", "-v:minimal")).ShouldSucceed();
    }
}
