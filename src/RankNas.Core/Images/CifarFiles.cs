using RankNas.Files;

namespace RankNas.Images;

/// <summary>Finds CIFAR files by their official names, and tells the two data sets apart.</summary>
internal static class CifarFiles
{
    private static readonly ImmutableArray<string> Cifar10Training =
        [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")];

    private static readonly Names Cifar10 = new("cifar-10-batches-bin", Cifar10Training, "test_batch.bin", "data_batch_1.bin to data_batch_5.bin");
    private static readonly Names Cifar100 = new("cifar-100-binary", ["train.bin"], "test.bin", "train.bin");

    // What the Python versions call their files, in their folder or the one above it.
    private static readonly ImmutableArray<string> PythonFiles =
    [
        "data_batch_1", "test_batch", "train", "test", Path.Combine("cifar-10-batches-py", "data_batch_1"), Path.Combine("cifar-100-python", "train"),
    ];

    /// <summary>Whether a folder holds CIFAR's files, in the binary or the Python version.</summary>
    public static bool HasCifar(string folder) => Cifar10.In(folder).Length > 0 || Cifar100.In(folder).Length > 0
        || PythonFiles.Any(name => ForeignFiles.IsPickle(Path.Combine(folder, name)));

    /// <summary>Lists the files to read: the one that is named, or those of a folder.</summary>
    public static IReadOnlyList<string> Find(CifarFormat format, string fileOrFolder)
    {
        if (!IsFolder(fileOrFolder))
        {
            ForeignFiles.Refuse(fileOrFolder);
            return [fileOrFolder];
        }

        Names names = format.Classes == CifarFormat.Cifar10.Classes ? Cifar10 : Cifar100;
        string[] files = names.In(fileOrFolder);
        if (files.Length > 0)
        {
            return files;
        }

        foreach (string python in PythonFiles.Select(name => Path.Combine(fileOrFolder, name)))
        {
            ForeignFiles.Refuse(python);
        }

        string[] others = [.. Directory.EnumerateFiles(fileOrFolder, "*.bin").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        string advice = others.Length > 0
            ? $"or name one of its files ({string.Join(", ", others.Take(5).Select(name => ShownText.Of(name)))})"
            : $"or unpack the binary version of {format.Name} there";
        throw new FileNotFoundException(
            $"The folder '{fileOrFolder}' has neither {names.TrainingInWords} nor {names.Test} of {format.Name}: name the folder '{names.Folder}', {advice}.");
    }

    /// <summary>Tells whether the images are CIFAR-100 rather than CIFAR-10.</summary>
    public static bool IsCifar100(string fileOrFolder)
    {
        if (!IsFolder(fileOrFolder))
        {
            return IsCifar100File(fileOrFolder);
        }

        bool ten = Cifar10.In(fileOrFolder).Length > 0;
        bool hundred = Cifar100.In(fileOrFolder).Length > 0;
        return ten && hundred
            ? throw new InvalidDataException(
                $"The folder '{fileOrFolder}' holds both CIFAR-10 and CIFAR-100: name the folder or the file of the one to use.")
            : hundred;
    }

    /// <summary>Gets a file's size in bytes, having made sure that it can be read.</summary>
    public static long SizeOf(string file)
    {
        using FileStream stream = InputFile.Open(file, "a CIFAR binary file or the folder that holds its batches");
        return stream.Length;
    }

    private static bool IsFolder(string fileOrFolder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileOrFolder);
        return Directory.Exists(fileOrFolder)
            || (!File.Exists(fileOrFolder)
                ? throw new FileNotFoundException(
                    $"There is no file or folder '{fileOrFolder}': give a CIFAR binary file or the folder that holds its batches.", fileOrFolder)
                : false);
    }

    private static bool IsCifar100File(string file)
    {
        string name = Path.GetFileName(file);
        if (Has("cifar100") || Has("cifar-100") || Cifar100.Has(name))
        {
            return true;
        }

        // A record of CIFAR-100 has one byte more; the first multiple of both is at nine megabytes, and no official size.
        return !Has("cifar10") && !Has("cifar-10") && !Cifar10.Has(name)
            && SizeOf(file) is long size && size > 0 && size % CifarFormat.Cifar100.RecordSize == 0;

        bool Has(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private sealed record Names(string Folder, ImmutableArray<string> Training, string Test, string TrainingInWords)
    {
        public bool Has(string name) => Training.Add(Test).Contains(name, StringComparer.OrdinalIgnoreCase);

        public string[] In(string folder)
        {
            string[] files = Directly(folder);
            return files.Length > 0 ? files : Directly(Path.Combine(folder, Folder));
        }

        private string[] Directly(string folder)
        {
            string[] training = [.. Training.Select(name => Path.Combine(folder, name)).Where(File.Exists)];
            string test = Path.Combine(folder, Test);
            return training.Length > 0 ? training : File.Exists(test) ? [test] : [];
        }
    }
}
