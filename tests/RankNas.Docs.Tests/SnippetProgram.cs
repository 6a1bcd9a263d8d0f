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
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using RankNas;
        global using TorchSharp;
        global using static TorchSharp.torch;
        global using static RankNas.Tests.Given;
        global using MyProxy = RankNas.Tests.MyProxy;
        global using MySpace = RankNas.Tests.MySpace;
        global using MyStrategy = RankNas.Tests.MyStrategy;
        """;

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
            [tree, CSharpSyntaxTree.ParseText(Usings)],
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

    [GeneratedRegex("^public (sealed|static) class", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    // Every search that a page builds is made small enough to run in seconds.
    [GeneratedRegex(@"^(\s+)\.Build\(\)", RegexOptions.Multiline)]
    private static partial Regex BuildOfSearch();
}
