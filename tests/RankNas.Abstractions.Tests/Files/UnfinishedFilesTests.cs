using RankNas.Files;

namespace RankNas.Abstractions.Tests.Files;

// What is unfinished is so for the whole process: no other test may write meanwhile.
[CollectionDefinition(nameof(UnfinishedFilesTests), DisableParallelization = true)]
[Collection(nameof(UnfinishedFilesTests))]
public sealed class UnfinishedFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RemoveUnfinished_WhileWriting_LeavesTheOldFileAlone()
    {
        string target = _folder.File("out.txt");
        AtomicFile.WriteText(target, "old");
        FluentActions.Invoking(() => AtomicFile.Write(target, _ =>
        {
            Directory.GetFiles(_folder.Path).Should().HaveCount(2);
            AtomicFile.RemoveUnfinished();
            Directory.GetFiles(_folder.Path).Should().Equal(target);
            throw new InvalidOperationException("ended");
        })).Should().Throw<InvalidOperationException>();

        AtomicFile.RemoveUnfinished();
        File.ReadAllText(target).Should().Be("old");
    }
}
