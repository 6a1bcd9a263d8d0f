using RankNas.ApiReference;

// Writes docs/api anew from the libraries as built: run it in the repository's root after a public comment has changed.
string folder = args.Length == 0 ? Path.Combine("docs", "api") : args[0];
if (args.Length == 0 && !Directory.Exists("docs"))
{
    Console.Error.WriteLine("There is no folder docs here: run this in the repository's root, or name the folder to write to.");
    return 2;
}

IReadOnlyDictionary<string, string> pages = Reference.Generate();
Directory.CreateDirectory(folder);
foreach (string old in Directory.GetFiles(folder, "*.md"))
{
    File.Delete(old);
}

foreach ((string name, string text) in pages)
{
    File.WriteAllText(Path.Combine(folder, name), text);
}

Console.WriteLine($"{Directory.GetFiles(folder).Length} pages in {folder}");
return 0;
