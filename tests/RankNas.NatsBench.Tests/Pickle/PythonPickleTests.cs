using RankNas.NatsBench.Tests.Support;

namespace RankNas.NatsBench.Tests.Pickle;

/// <summary>What Python's own pickle module writes, at every protocol.</summary>
public class PythonPickleTests
{
    // Prints, for many values, the pickle and a description to the last bit.
    private const string Script = """
        import pickle, sys, random, struct, collections, base64
        protocol = int(sys.argv[1])
        rnd = random.Random(protocol)
        def leaf():
            return rnd.choice([
                lambda: None, lambda: True, lambda: False, lambda: rnd.getrandbits(rnd.choice([1, 8, 16, 31, 33, 64, 200, 3000])) - rnd.choice([0, 2 ** 31, 2 ** 63]),
                lambda: struct.unpack('>d', rnd.randbytes(8))[0] if rnd.random() < 0.5 else rnd.random(),
                lambda: ''.join(chr(rnd.choice([rnd.randrange(32, 127), rnd.randrange(0, 0xd800), rnd.randrange(0x10000, 0x110000)])) for _ in range(rnd.choice([0, 1, 5, 300]))),
                lambda: rnd.randbytes(rnd.choice([0, 1, 5, 300])), lambda: bytearray(rnd.randbytes(rnd.choice([0, 1, 300])))])()
        def key(depth):
            if depth == 0 or rnd.random() < 0.7:
                x = leaf()
                if isinstance(x, (str, bytes)): x = x[:8]
                if isinstance(x, int): x %= 2 ** 70
                return 'key' if isinstance(x, bytearray) or x != x or x in (0, 1) else x
            return rnd.choice([tuple, frozenset])(key(depth - 1) for _ in range(rnd.choice([0, 1, 2, 3, 4])))
        def value(depth):
            if depth == 0 or rnd.random() < 0.3: return leaf()
            count = rnd.choice([0, 1, 2, 3, 4, 6])
            kind = rnd.randrange(7)
            if kind == 0: return [value(depth - 1) for _ in range(count)]
            if kind == 1: return tuple(value(depth - 1) for _ in range(count))
            if kind == 2: return {key(2): value(depth - 1) for _ in range(count)}
            if kind == 3: return collections.OrderedDict((key(2), value(depth - 1)) for _ in range(count))
            if kind == 4: return {key(2) for _ in range(count)}
            if kind == 5: return frozenset(key(2) for _ in range(count))
            shared = value(depth - 1)
            return [shared, (shared, shared), {'shared': shared}]
        values = [float('inf'), float('-inf'), float('nan'), -0.0, 2 ** 63, 2 ** 63 - 1, -2 ** 63, -2 ** 63 - 1, 255, 256, 65535, 65536, -1, 2 ** 31, -2 ** 31, 10 ** 4000,
            '\\u0041', 'a\\', '\n\r\x00\x1a', '\xe9', '\u20ac', '\U0001f40d', 'x' * 100000, b'\xff' * 100000, list(range(3000)), {i: str(i) for i in range(3000)},
            set(range(3000)), frozenset(range(3000)), ('cifar10-valid', 777), [[[[[[]]]]]]]
        deep = []
        for _ in range(200): deep = [deep, ()]
        values += [deep] + [value(4) for _ in range(400)]
        for x in values:
            print(base64.b64encode(pickle.dumps(x, protocol)).decode(), describe(x))
        """;

    public static TheoryData<int> Protocols { get; } = [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Read_WhatPythonWrote_IsTheSameValue(int protocol)
    {
        string[] lines = Python.Run(Python.Describe + Script, $"{protocol}");

        lines.Should().HaveCountGreaterThan(400);
        foreach (string line in lines)
        {
            string[] parts = line.Split(' ');
            Description.Of(PickleBytes.Read(Convert.FromBase64String(parts[0]))).Should().Be(parts[1]);
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Read_ObjectThatRunsACommandWhenLoaded_IsRefusedByName(int protocol)
    {
        const string Dangerous = """
            import pickle, sys, base64, os
            class Run:
                def __init__(self, f, *a): self.r = (f, a)
                def __reduce__(self): return self.r
            class Plain: pass
            for x in (Run(os.system, 'true'), Run(eval, '1'), [Run(exec, '1')], {'a': Run(getattr, 1, 'real')}, Run(__import__, 'os'), Plain(), os.system, 1j, range(3), slice(1)):
                print(base64.b64encode(pickle.dumps(x, int(sys.argv[1]))).decode())
            """;

        foreach (string line in Python.Run(Dangerous, $"{protocol}"))
        {
            FluentActions.Invoking(() => PickleBytes.Read(Convert.FromBase64String(line)))
                .Should().Throw<InvalidDataException>().WithMessage("*'some.pickle'*it asks Python to run '*.*'*nothing was run*");
        }
    }
}
