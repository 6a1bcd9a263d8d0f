namespace RankNas.NatsBench.Pickle;

/// <summary>Reads the data of a Python pickle, protocols 0 to 5, and refuses what would make Python load or call something.</summary>
/// <remarks>
/// Values: null, <see cref="bool"/>, <see cref="long"/>, <see cref="System.Numerics.BigInteger"/> beyond it, <see cref="double"/>,
/// <see cref="string"/>, byte[] for bytes and bytearray, List of values, <see cref="PickleTuple"/>, <see cref="PickleDictionary"/>, <see cref="PickleSet"/>.
/// </remarks>
internal sealed class PickleReader
{
    private const int HighestProtocol = 5;

    private readonly PickleInput _input;
    private readonly PickleStack _stack = new();
    private readonly Dictionary<uint, object?> _memo = [];

    private PickleReader(PickleInput input) => _input = input;

    /// <summary>Reads a pickle, to the end of the stream.</summary>
    /// <param name="stream">The pickle.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">It is no pickle of data alone, is damaged, or exceeds <see cref="PickleLimits"/>.</exception>
    public static object? Read(Stream stream, string file)
    {
        var input = new PickleInput(stream);
        try
        {
            return new PickleReader(input).Run();
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"'{file}' is damaged, or no file of NATS-Bench: {exception.Message} (byte {input.Offset} once unpacked). ")
                + "Take it anew from the official release, from the folder whose name ends in '-simple'.", exception);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var opcode = (PickleOpcode)_input.ReadByte();
            if (opcode == PickleOpcode.Stop)
            {
                object? result = _stack.Pop();

                // Reading on also has the unpacking compare its checksum.
                return _input.IsAtEnd() ? result : throw new FormatException("something follows its end");
            }

            Execute(opcode);
        }
    }

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                int protocol = _input.ReadByte();
                if (protocol > HighestProtocol)
                {
                    throw new FormatException($"it is written in protocol {protocol}, and {HighestProtocol} is the last one known");
                }

                break;
            case PickleOpcode.Frame:
                // A frame is a hint to readers that read ahead.
                _input.ReadUInt64();
                break;

            case PickleOpcode.Mark:
                _stack.Mark();
                break;
            case PickleOpcode.Pop:
                _stack.Drop();
                break;
            case PickleOpcode.PopMark:
                _stack.PopToMark();
                break;
            case PickleOpcode.Dup:
                _stack.Push(_stack.Peek());
                break;

            case PickleOpcode.Get:
                Recall(PickleText.Index(ReadNumberLine()));
                break;
            case PickleOpcode.BinGet:
                Recall(_input.ReadByte());
                break;
            case PickleOpcode.LongBinGet:
                Recall(_input.ReadUInt32());
                break;
            case PickleOpcode.Put:
                Memoize(PickleText.Index(ReadNumberLine()));
                break;
            case PickleOpcode.BinPut:
                Memoize(_input.ReadByte());
                break;
            case PickleOpcode.LongBinPut:
                Memoize(_input.ReadUInt32());
                break;
            case PickleOpcode.Memoize:
                Memoize((uint)_memo.Count);
                break;

            case PickleOpcode.Append:
                object? last = _stack.Pop();
                _stack.Peek<List<object?>>("list").Add(last);
                break;
            case PickleOpcode.Appends:
                object?[] items = _stack.PopToMark();
                _stack.Peek<List<object?>>("list").AddRange(items);
                break;
            case PickleOpcode.SetItem:
                SetItems(_stack.Pop(2));
                break;
            case PickleOpcode.SetItems:
                SetItems(_stack.PopToMark());
                break;
            case PickleOpcode.AddItems:
                AddItems(_stack.PopToMark());
                break;
            case PickleOpcode.Build:
                PickleTuple state = _stack.Pop<PickleTuple>("state of a number");
                _stack.Peek<NumpyType>("kind of number").SetState(state);
                break;

            default:
                _stack.Push(ReadValue(opcode));
                break;
        }
    }

    private object? ReadValue(PickleOpcode opcode) => opcode switch
    {
        PickleOpcode.None => null,
        PickleOpcode.NewTrue => true,
        PickleOpcode.NewFalse => false,
        PickleOpcode.Int or PickleOpcode.Long => PickleText.Integer(ReadNumberLine()),
        PickleOpcode.BinInt => (long)_input.ReadInt32(),
        PickleOpcode.BinInt1 => (long)_input.ReadByte(),
        PickleOpcode.BinInt2 => (long)_input.ReadUInt16(),
        PickleOpcode.Long1 => ReadLong(_input.ReadByte()),
        PickleOpcode.Long4 => ReadLong(_input.ReadUInt32()),
        PickleOpcode.Float => PickleText.Number(ReadNumberLine()),
        PickleOpcode.BinFloat => _input.ReadDouble(),

        PickleOpcode.Unicode => PickleText.RawUnicode(_input.ReadLine(PickleLimits.TextBytes)),
        PickleOpcode.ShortBinUnicode => PickleText.Utf8(_input.ReadBytes(_input.ReadByte())),
        PickleOpcode.BinUnicode => PickleText.Utf8(_input.ReadBytes(_input.ReadUInt32())),
        PickleOpcode.BinUnicode8 => PickleText.Utf8(_input.ReadBytes(_input.ReadUInt64())),
        PickleOpcode.ShortBinBytes => _input.ReadBytes(_input.ReadByte()),
        PickleOpcode.BinBytes => _input.ReadBytes(_input.ReadUInt32()),
        PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => _input.ReadBytes(_input.ReadUInt64()),

        PickleOpcode.EmptyTuple => new PickleTuple([]),
        PickleOpcode.Tuple1 => new PickleTuple(_stack.Pop(1)),
        PickleOpcode.Tuple2 => new PickleTuple(_stack.Pop(2)),
        PickleOpcode.Tuple3 => new PickleTuple(_stack.Pop(3)),
        PickleOpcode.Tuple => new PickleTuple(_stack.PopToMark()),
        PickleOpcode.EmptyList => new List<object?>(),
        PickleOpcode.List => new List<object?>(_stack.PopToMark()),
        PickleOpcode.EmptyDict => new PickleDictionary(),
        PickleOpcode.Dict => DictionaryOf(_stack.PopToMark()),
        PickleOpcode.EmptySet => new PickleSet(),
        PickleOpcode.FrozenSet => new PickleSet(_stack.PopToMark()),

        PickleOpcode.Global => PickleGlobals.Find(ReadNameLine(), ReadNameLine()),
        PickleOpcode.StackGlobal => _stack.Pop(2) is [string module, string name]
            ? PickleGlobals.Find(module, name)
            : throw new FormatException("it names an object by what is no text"),
        PickleOpcode.Reduce => Reduce(_stack.Pop<PickleTuple>("tuple of arguments")),

        PickleOpcode.Inst => throw PickleGlobals.Refuse($"{ReadNameLine()}.{ReadNameLine()}"),
        PickleOpcode.PersId => throw PickleGlobals.Refuse($"persistent id {ReadNameLine()}"),
        PickleOpcode.Ext1 => throw PickleGlobals.Refuse($"extension {_input.ReadByte()}"),
        PickleOpcode.Ext2 => throw PickleGlobals.Refuse($"extension {_input.ReadUInt16()}"),
        PickleOpcode.Ext4 => throw PickleGlobals.Refuse($"extension {_input.ReadUInt32()}"),
        PickleOpcode.BinPersId or PickleOpcode.Obj or PickleOpcode.NewObj or PickleOpcode.NewObjEx =>
            throw PickleGlobals.Refuse($"instruction {opcode}"),
        _ => throw new FormatException($"0x{(byte)opcode:x2} is no instruction that data need"),
    };

    private object Reduce(PickleTuple arguments) =>
        _stack.Pop() is PickleGlobal global ? PickleGlobals.Build(global, arguments, _stack, _input) : throw PickleGlobals.Refuse("a value");

    private static PickleDictionary DictionaryOf(object?[] items) => Fill(new PickleDictionary(), items);

    private void SetItems(object?[] items) => Fill(_stack.Peek<PickleDictionary>("dict"), items);

    private static PickleDictionary Fill(PickleDictionary dictionary, object?[] items)
    {
        if (items.Length % 2 != 0)
        {
            throw new FormatException("a dict has a key without a value");
        }

        for (int index = 0; index < items.Length; index += 2)
        {
            dictionary.Set(items[index], items[index + 1]);
        }

        return dictionary;
    }

    private void AddItems(object?[] items) => _stack.Peek<PickleSet>("set").AddRange(items);

    private void Recall(uint index) =>
        _stack.Push(_memo.TryGetValue(index, out object? value)
            ? value
            : throw new FormatException($"it refers back to value {index}, which is not there"));

    private void Memoize(uint index)
    {
        _memo[index] = _stack.Peek();
        if (_memo.Count > PickleLimits.MemoEntries)
        {
            throw new FormatException(FormattableString.Invariant($"it keeps more than {PickleLimits.MemoEntries:N0} values to refer back to"));
        }
    }

    private object ReadLong(uint length) => length <= PickleLimits.Digits
        ? PickleText.Integer((ReadOnlySpan<byte>)_input.ReadBytes(length))
        : throw new FormatException(FormattableString.Invariant($"an integer has {length:N0} bytes"));

    private byte[] ReadNumberLine() => _input.ReadLine(PickleLimits.Digits);

    private string ReadNameLine() => PickleText.Utf8(_input.ReadLine(PickleLimits.KeyWeight));
}
