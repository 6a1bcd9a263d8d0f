namespace RankNas.Fitting.Running;

/// <summary>The folder that a model is made in.</summary>
internal sealed class FitFolder
{
    private readonly string _path;

    private FitFolder(string path) => _path = path;

    public string Path => _path;

    public string Onnx => File(FitFiles.Onnx);

    public string QuantizedOnnx => File(FitFiles.QuantizedOnnx);

    public string Weights => File(FitFiles.Weights);

    public string Report => File(FitFiles.Report);

    public string Summary => File(FitFiles.Summary);

    public string Scores => File(FitFiles.Scores);

    public string Checkpoint => File(FitFiles.Checkpoint);

    /// <summary>Gets the file of a brief training's state.</summary>
    public string CandidateCheckpoint(int place) => File(string.Create(CultureInfo.InvariantCulture, $"candidate-{place + 1}.safetensors"));

    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="FitException">It holds a run that is not to be resumed, or a finished one, or cannot be made.</exception>
    public static FitFolder Open(string path, bool resume)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new FitException($"The folder '{path}' cannot be made: {exception.Message}", exception);
        }

        var folder = new FitFolder(System.IO.Path.GetFullPath(path));
        if (System.IO.File.Exists(folder.Summary) && resume && !FitSummary.IsUnfinished(folder.Summary))
        {
            throw new FitException($"The run in '{path}' has ended: there is nothing to resume. Name another folder for another run.");
        }

        if (!resume && (System.IO.File.Exists(folder.Scores) || System.IO.File.Exists(folder.Summary) || System.IO.File.Exists(folder.Checkpoint) || System.IO.File.Exists(folder.Onnx)))
        {
            throw new FitException($"The folder '{path}' holds an earlier run: resume it, or name another folder.");
        }

        return folder;
    }

    /// <summary>Deletes the folder if nothing was written into it.</summary>
    public void DeleteIfEmpty()
    {
        if (!Directory.EnumerateFileSystemEntries(_path).Any())
        {
            Directory.Delete(_path);
        }
    }

    /// <summary>Deletes what only a stopped run needs.</summary>
    public void DeleteIntermediateFiles(int candidates)
    {
        foreach (string file in Enumerable.Range(0, candidates).Select(CandidateCheckpoint).Append(Checkpoint))
        {
            System.IO.File.Delete(file);
        }
    }

    private string File(string name) => System.IO.Path.Combine(_path, name);
}
