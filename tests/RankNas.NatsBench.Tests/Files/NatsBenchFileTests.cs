using RankNas.NatsBench.Files;
using RankNas.NatsBench.Tests.Support;
using RankNas.SearchSpaces;

namespace RankNas.NatsBench.Tests.Files;

/// <summary>Files of the benchmark that lack something, written by Python.</summary>
public sealed class NatsBenchFileTests : IDisposable
{
    private static readonly Architecture Tiny = new("8:8:8:8:8", []);

    // One data set, two seeds, two epochs; each argument is a change, and names the file that it is written to.
    private const string Script = """
        import bz2, os, pickle, sys
        def new(seed): return {'epochs': 2, 'params': 0.5, 'flop': 3, 'latency': [0.25, 0.75], 'train_times': {0: 1.0, 1: 2.0},
            'eval_acc1es': {'x-valid@1': 50.0 + seed, 'x-test@1': 60.0 + seed}, 'eval_times': {'x-valid@0': 1.0, 'x-valid@1': 3.0}}
        for number, change in enumerate(sys.argv[2:]):
            x = {'arch_index': 0, 'arch_str': '8:8:8:8:8', 'dataset_seed': {'cifar100': [1, 3]}, 'all_results': {('cifar100', 1): new(1), ('cifar100', 3): new(3)}}
            run = x['all_results']['cifar100', 3]
            file = {'90': x}
            exec(change)
            open(os.path.join(sys.argv[1], '%06d.pickle.pbz2' % number), 'wb').write(bz2.compress(pickle.dumps(file, protocol=4)))
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RecordsOf_SeveralSeeds_AreTheMeans() =>
        RecordsOf("pass", "run.update(params=1.5, flop=5.0, latency=[1.5], train_times={0: 3.0, 1: 4.0}, eval_times={'x-valid@0': 3.0, 'x-valid@1': 5.0})")
            .Should().Equal(
                new TrainingRecord(new Accuracy(52, 62), 2, 0.5, 3, 0.5, 3, 2),
                new TrainingRecord(new Accuracy(52, 62), 2, 1, 4, 1, 5, 3));

    [Fact]
    public void RecordsOf_WithoutTimesOfOneSeed_AreWithoutThem()
    {
        TrainingRecord whole = new(new Accuracy(52, 62), 2, 0.5, 3, 0.5, 3, 2);

        RecordsOf("run['train_times'] = None", "del run['train_times']", "del run['train_times'][0]")
            .Should().HaveCount(3).And.AllBeEquivalentTo(whole with { TrainSeconds = null }).And.OnlyContain(record => record.SearchSeconds == null);
        RecordsOf("run['eval_times'] = {}", "del run['eval_times']['x-valid@0']")
            .Should().HaveCount(2).And.AllBeEquivalentTo(whole with { ValidationSeconds = null }).And.OnlyContain(record => record.SearchSeconds == null);
    }

    [Fact]
    public void RecordsOf_Latency_IsTheMeanOfWhatWasMeasured() =>
        RecordsOf("run['latency'] = None", "run['latency'] = [1.5]", "[r.update(latency=[]) for r in x['all_results'].values()]")
            .Select(record => record.LatencySeconds).Should().Equal(0.5, 1.0, null);

    [Fact]
    public void RecordsOf_SomethingWrong_NamesItsPlace()
    {
        (string Change, string Message)[] cases =
        [
            ("file = {}", "*the whole has no training*"),
            ("file = []", "*the whole is no dict*"),
            ("del x['arch_str']", "*'90' has no 'arch_str'*"),
            ("x['arch_str'] = 1", "*'90/arch_str' is no text*"),
            ("x['arch_str'] = '8:8:8:8:16'", "*'90/arch_str' is '8:8:8:8:16' where it should be '8:8:8:8:8'*"),
            ("x['dataset_seed'] = 1", "*'90/dataset_seed' is no dict*"),
            ("x['dataset_seed']['cifar100'] = 1", "*'90/dataset_seed/cifar100' is no list*"),
            ("x['dataset_seed']['cifar100'] = [None]", "*'90/dataset_seed/cifar100' has a seed that is none*"),
            ("x['dataset_seed']['cifar100'] = [[]]", "*'90/dataset_seed/cifar100' has a seed that is none*"),
            ("x['dataset_seed']['cifar100'] = [5]", "*'90/all_results' has no '(cifar100, 5)'*"),
            ("run['epochs'] = 0", "*'90/all_results/(cifar100, 3)/epochs' is no integer from 1 to 1000*"),
            ("run['epochs'] = 2 ** 40", "*'90/all_results/(cifar100, 3)/epochs' is no integer*"),
            ("run['epochs'] = 3", "*'90/all_results/(cifar100, 3)/eval_acc1es' has no 'x-valid@2'*"),
            ("run['eval_acc1es']['x-test@1'] = 100.5", "*/eval_acc1es/x-test@1' is no number from 0 to 100*"),
            ("run['eval_acc1es']['x-test@1'] = float('nan')", "*is no number from 0 to 100*"),
            ("run['eval_acc1es']['x-test@1'] = '60'", "*is no number from 0 to 100*"),
            ("run['params'] = -1", "*/params' is no number*"),
            ("run['flop'] = float('inf')", "*/flop' is no number*"),
            ("run['train_times'][0] = -1.0", "*/train_times/0' is no number*"),
            ("run['latency'] = ['x']", "*/latency/0' is no number*"),
        ];
        Write([.. cases.Select(item => item.Change)]);

        for (int number = 0; number < cases.Length; number++)
        {
            FluentActions.Invoking(() => Read(number)).Should().Throw<InvalidDataException>(cases[number].Change)
                .WithMessage(cases[number].Message).WithMessage($"'*{number:D6}.pickle.pbz2'*-simple'.");
        }
    }

    private TrainingRecord[] RecordsOf(params string[] changes)
    {
        Write(changes);
        return [.. changes.Select((_, number) => Read(number))];
    }

    private void Write(string[] changes) => Python.Run(Script, [_folder.Path, .. changes]);

    private TrainingRecord Read(int number) => NatsBenchFile.Read(_folder.File($"{number:D6}.pickle.pbz2"))
        .RecordsOf(Tiny, new NatsBenchOptions()).Should().ContainSingle(record => record.Key == "cifar100").Which.Value;
}
