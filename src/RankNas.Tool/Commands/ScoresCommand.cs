using System.CommandLine;
using RankNas.Tool.Arguments;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas scores export|import</c>: moves scores between a store and a file to look at or pass on.</summary>
internal static class ScoresCommand
{
    public static Command Create(TextWriter errors) => new("scores", "Exports and imports the scores of a store.")
    {
        Create("export", "Writes all scores of a store to a file.", errors, (store, file, token) => store.ExportAsync(file, token), "exported"),
        Create("import", "Adds the scores of a file to a store.", errors, (store, file, token) => store.ImportAsync(file, token), "imported"),
    };

    private static Command Create(
        string name, string description, TextWriter errors, Func<IScoreStore, string, CancellationToken, Task<int>> move, string done)
    {
        var store = new Option<string>("--store") { Description = "The store.", HelpName = "FILE" };
        var file = new Option<string>("--file") { Description = "A file that ends in .csv, .jsonl, .csv.gz or .jsonl.gz.", HelpName = "FILE" };
        var command = new Command(name, description) { store, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string storePath = parsed.GetValue(store) ?? throw new UsageException("--store is missing: write --store scores.db.");
            string filePath = parsed.GetValue(file) ?? throw new UsageException("--file is missing: write --file scores.csv.gz.");
            if (name == "export" && !File.Exists(storePath))
            {
                throw new UsageException($"--store: there is no file '{storePath}': write the store of a search.");
            }

            SqliteScoreStore scores = await SqliteScoreStore.OpenAsync(storePath, cancellationToken).ConfigureAwait(false);
            await using (scores.ConfigureAwait(false))
            {
                try
                {
                    int count = await move(scores, filePath, cancellationToken).ConfigureAwait(false);
                    await errors.WriteLineAsync($"{count} scores {done}.").ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is ArgumentException or FileNotFoundException)
                {
                    throw new UsageException($"--file: {exception.Message}");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }
}
