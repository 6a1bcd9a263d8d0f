using RankNas.SearchSpaces;

namespace RankNas.Docs.Tests;

/// <summary>The folder that snippets run in, with the files that pages name.</summary>
public sealed class ReadersFolder : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _path = Directory.CreateTempSubdirectory("ranknas-docs-").FullName;

    public ReadersFolder()
    {
        var random = new Random(1);
        string images = Directory.CreateDirectory(Path.Combine(_path, "cifar-10-batches-bin")).FullName;
        byte[] records = new byte[16 * 3073];
        random.NextBytes(records);
        for (int image = 0; image < 16; image++)
        {
            records[image * 3073] = (byte)(image % 10);
        }

        File.WriteAllBytes(Path.Combine(images, "data_batch_1.bin"), records);
        foreach (string name in (string[])["cats", "dogs"])
        {
            string pictures = Directory.CreateDirectory(Path.Combine(_path, "photos", name)).FullName;
            for (int picture = 0; picture < 8; picture++)
            {
                File.Copy(Repository.PathOf("tests", "RankNas.Images.Tests", "Fixtures", $"exif-{picture + 1}.jpg"), Path.Combine(pictures, $"{picture}.jpg"));
            }
        }

        File.WriteAllText(Path.Combine(_path, "others.jsonl"), "");
        var space = new NatsTopologySpace();
        File.WriteAllLines(
            Path.Combine(_path, "accuracies.csv"),
            Enumerable.Range(0, (int)space.Count).Select(index => $"{space.FromIndex(index)},{index % 90},{index % 80}").Prepend("arch,c10_valid,c10_test"));
        Environment.CurrentDirectory = _path;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_path, recursive: true);
    }
}
