using RankNas.Scores;
using RankNas.Storage.Sqlite;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas scores export|import</c>: moves scores between a store and a file to look at or pass on.</summary>
internal static class ScoresCommand
{
    private static readonly string[] Endings = [".csv", ".jsonl", ".csv.gz", ".jsonl.gz"];

    public static Command Create(TextWriter errors)
    {
        var command = new ToolCommand(
            "scores",
            "Exports and imports the scores of a store.",
            "export|import --store FILE --file FILE",
            "ranknas scores export --store scores.db --file scores.csv.gz",
            "ranknas scores import --store scores.db --file others.jsonl")
        {
            Create("export", "Writes all scores of a store to a file.", errors, PathUse.Input, PathUse.Output, (store, file, token) => store.ExportAsync(file, token)),
            Create("import", "Adds the scores of a file to a store.", errors, PathUse.Store, PathUse.Input, (store, file, token) => store.ImportAsync(file, token)),
        };
        command.SetAction(ExitCodeOf);
        return command;

        static int ExitCodeOf(ParseResult parsed) =>
            throw new UsageException("scores does one of two things: write ranknas scores export or ranknas scores import.");
    }

    private static ToolCommand Create(
        string name, string description, TextWriter errors, PathUse storeUse, PathUse fileUse, Func<IScoreStore, string, CancellationToken, Task<int>> move)
    {
        var store = new PathOption("--store", "The store, as searches keep it.", "scores.db", storeUse);
        var file = new PathOption("--file", "A file that ends in .csv, .jsonl, .csv.gz or .jsonl.gz.", "scores.csv.gz", fileUse);
        file.Validators.Add(result =>
        {
            // Before the store is made.
            if (result.Tokens is [{ Value: { } path }] && !Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            {
                result.AddError($"--file is '{path}': write a name that ends in .csv, .jsonl, .csv.gz or .jsonl.gz, such as --file scores.csv.gz.");
            }
        });
        var command = new ToolCommand(name, description, "--store FILE --file FILE", $"ranknas scores {name} --store scores.db --file scores.csv.gz");
        command.AddGroup(ToolCommand.FilesGroup, store, file);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string storePath = store.Require(parsed);
            string filePath = file.Require(parsed);

            int count = await Interruptible.RunAsync(() => MoveAsync(storePath, filePath, move, cancellationToken), cancellationToken)
                .Unwrap().WaitAsync(cancellationToken).ConfigureAwait(false);
            await errors.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "score" : "scores")} {name}ed.")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> MoveAsync(
        string storePath, string filePath, Func<IScoreStore, string, CancellationToken, Task<int>> move, CancellationToken cancellationToken)
    {
        SqliteScoreStore scores = await SqliteScoreStore.OpenAsync(storePath, cancellationToken).ConfigureAwait(false);
        await using (scores.ConfigureAwait(false))
        {
            try
            {
                return await move(scores, filePath, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is FileNotFoundException or UnauthorizedAccessException)
            {
                throw new UsageException($"--file: {exception.Message}");
            }
        }
    }
}
