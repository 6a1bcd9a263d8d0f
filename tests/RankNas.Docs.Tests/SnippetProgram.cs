using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RankNas.Docs.Tests;

/// <summary>A snippet as a program of its own: compiled, loaded and run.</summary>
internal static partial class SnippetProgram
{
    // What the SDK gives every program, and what the pages say is the reader's own.
    private const string Always = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using static RankNas.Docs.Tests.Given;
        global using MyProxy = RankNas.Docs.Tests.Mine.MyProxy;
        global using MySpace = RankNas.Docs.Tests.Mine.MySpace;
        global using MyStrategy = RankNas.Docs.Tests.Mine.MyStrategy;

        """;

    // A snippet without using lines takes those that the page for newcomers names.
    private static readonly Lazy<string> OfFragments = new(() => NamespacesBlock().Match(File.ReadAllText(Repository.PathOf("docs", "getting-started.md"))).Value);

    private static readonly PortableExecutableReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
    ];

    public static async Task RunAsync(string code)
    {
        string small = BuildOfSearch().Replace(code, "$1.WithBudget(3).WithBatchSize(8).WithWorkers(1).Build()");
        SyntaxTree tree = CSharpSyntaxTree.ParseText(small);
        if (!tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any())
        {
            // Types alone: they need to compile, and there is nothing to run.
            tree = CSharpSyntaxTree.ParseText(TypeDeclaration().Replace(small, "return;\n$0", 1));
        }

        var compilation = CSharpCompilation.Create(
            $"Snippet{Guid.NewGuid():N}",
            [tree, CSharpSyntaxTree.ParseText(Always + (code.Contains("using RankNas", StringComparison.Ordinal) ? "" : OfFragments.Value))],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())
            .Should().BeEmpty("every snippet compiles:\n{0}", small);

        image.Position = 0;
        MethodInfo main = AssemblyLoadContext.Default.LoadFromStream(image).EntryPoint!;
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            // Of an asynchronous program the entry point blocks, so it has a thread of its own.
            await Task.Run(() => main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]));
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    [GeneratedRegex("(^global using .*\n)+", RegexOptions.Multiline)]
    private static partial Regex NamespacesBlock();

    [GeneratedRegex("^public (sealed|static) class", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    // Every search that a page builds is made small enough to run in seconds.
    [GeneratedRegex(@"^(\s+)\.Build\(\)", RegexOptions.Multiline)]
    private static partial Regex BuildOfSearch();
}
