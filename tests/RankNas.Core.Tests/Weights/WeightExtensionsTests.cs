using System.Text;
using System.Text.Json;
using CsCheck;
using RankNas.Graphs;
using RankNas.SearchSpaces;
using RankNas.Torch;
using RankNas.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Weights;

public sealed class WeightExtensionsTests : IDisposable
{
    private const string SizeArchitecture = "8:16:24:32:40";

    private readonly TempFolder _folder = new();

    private string WeightFile => _folder.File("w.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nats-tss", "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|")]
    [InlineData("nats-sss", SizeArchitecture)]
    public void LoadWeights_WhatWasSaved_GivesTheSameNetwork(string space, string arch)
    {
        using nn.Module<Tensor, Tensor> saved = Build(space, arch, seed: 1);
        using nn.Module<Tensor, Tensor> loaded = Build(space, arch, seed: 2);
        Hash(saved).Should().NotBe(Hash(loaded));

        saved.SaveWeights(WeightFile);
        loaded.LoadWeights(WeightFile);

        Hash(loaded).Should().Be(Hash(saved));
        saved.eval();
        loaded.eval();
        using Tensor images = NormalDraw.Of(2, 3, 32, 32);
        using Tensor expected = saved.call(images);
        using Tensor actual = loaded.call(images);
        actual.eq(expected).all().item<bool>().Should().BeTrue();
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void Weights_HaveTheNamesOfNatsBenchAndNoOthers()
    {
        using nn.Module<Tensor, Tensor> network = Build("nats-sss", SizeArchitecture, seed: 1);
        IReadOnlyDictionary<string, Tensor> weights = network.Weights();

        weights.Keys.Should().Contain(["stem.0.weight", "stem.1.running_mean", "stem.1.num_batches_tracked", "cells.2.layers.3.conv.weight", "classifier.bias"])
            .And.OnlyContain(name => name.StartsWith("stem.") || name.StartsWith("cells.") || name.StartsWith("lastact.0.") || name.StartsWith("classifier."));

        // Convolutions, BatchNorms of five tensors each, and the classifier.
        weights.Should().HaveCount(1 + 3 * 5 + 2 * 3 + 2 + 5 * (1 + 3 * 5 + 2 * 2 + 2 + 1) + 2);
    }

    [Fact]
    public void SaveWeights_File_IsWhatTheFormatSays()
    {
        using nn.Module<Tensor, Tensor> network = Build("nats-sss", SizeArchitecture, seed: 1);
        network.SaveWeights(WeightFile, new Dictionary<string, string> { ["architecture"] = SizeArchitecture });

        byte[] bytes = File.ReadAllBytes(WeightFile);
        int length = (int)BitConverter.ToUInt64(bytes);
        length.Should().Match(value => value % 8 == 0);
        JsonElement header = JsonDocument.Parse(bytes.AsMemory(8, length)).RootElement;
        header.GetProperty("__metadata__").GetProperty("architecture").GetString().Should().Be(SizeArchitecture);
        JsonElement bias = header.GetProperty("classifier.bias");
        bias.GetProperty("dtype").GetString().Should().Be("F32");
        bias.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).Should().Equal(10);
        int begin = 8 + length + bias.GetProperty("data_offsets")[0].GetInt32();
        Enumerable.Range(0, 10).Select(index => BitConverter.ToSingle(bytes, begin + 4 * index))
            .Should().Equal(network.Weights()["classifier.bias"].data<float>());
        header.GetProperty("stem.1.num_batches_tracked").GetRawText().Should().StartWith("""{"dtype":"I64","shape":[],"data_offsets":[""");
    }

    [Fact]
    public void LoadWeights_OtherPrecision_IsConverted()
    {
        using nn.Module<Tensor, Tensor> saved = Build("nats-sss", SizeArchitecture, seed: 1);
        using nn.Module<Tensor, Tensor> loaded = Build("nats-sss", SizeArchitecture, seed: 2);
        loaded.to(ScalarType.Float64);
        saved.SaveWeights(WeightFile);

        loaded.LoadWeights(WeightFile);

        loaded.Weights()["stem.0.weight"].dtype.Should().Be(ScalarType.Float64);
        loaded.to(ScalarType.Float32);
        Hash(loaded).Should().Be(Hash(saved));
    }

    [Theory]
    [InlineData("8:16:24:32:48", "'*' does not fit the network: 'cells.4.layers.0.op.1.weight' is [48, 32, 3, 3] in it, but [40, 32, 3, 3] in the network. Load*")]
    [InlineData("16:16:24:32:40", "'*' does not fit the network: 'stem.0.weight' is [16, 3, 3, 3] in it, but [8, 3, 3, 3] in the network. Load*")]
    [InlineData("8:16:16:32:40", "'*' does not fit the network: there is no 'cells.2.layers.3.conv.weight' in it, and 5 more are missing. Load*")]
    [InlineData("8:16:24:32:32", "'*' does not fit the network: there is no 'cells.4.layers.3.conv.weight' in it, and 5 more are missing. Load*")]
    public void LoadWeights_OfAnotherNetwork_NamesTheTensorAndChangesNothing(string saved, string message) =>
        CheckRefused(file => SaveOf("nats-sss", saved, file), message);

    [Fact]
    public void LoadWeights_TooManyTensors_NamesOneAndChangesNothing() => CheckRefused(
        file =>
        {
            using nn.Module<Tensor, Tensor> network = Build("nats-sss", SizeArchitecture, seed: 1);
            using Tensor extra = zeros(3);
            TensorFile.Save(file, new Dictionary<string, Tensor>(network.Weights()) { ["module.extra"] = extra });
        },
        "'*' does not fit the network: the network has no 'module.extra'. Load*");

    [Theory]
    [InlineData(1000, "'*' is cut short: '*' ends at byte *, but the file has *. Copy or save it again.")]
    [InlineData(3, "'*' is cut short: '*.weight' ends at byte *")]
    public void LoadWeights_FileCutShort_NamesTheTensorAndChangesNothing(int missing, string message) => CheckRefused(
        file =>
        {
            SaveOf("nats-sss", SizeArchitecture, file);
            using FileStream stream = File.OpenWrite(file);
            stream.SetLength(stream.Length - missing);
        },
        message);

    [Theory]
    [InlineData("", "'*' is no safetensors file, or is damaged: it has only 0 bytes.")]
    [InlineData("this is something else, and long enough to have a header", "'*' is no safetensors file, or is damaged: a header of * bytes does not fit its 56.")]
    public void LoadWeights_OtherFile_SaysSoAndChangesNothing(string content, string message) => CheckRefused(file => File.WriteAllText(file, content), message);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "its header is damaged")]
    [InlineData("""["a"]""", 0, "its header is damaged")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "the header's place for 'a' is not its size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,-8]}}""", 8, "the header's place for 'a' is not its size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "'a' is [4611686018427387904, 4], which is larger than can be")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "'a' is [0, 4611686018427387904, 4], which is larger than can be")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'k' is in it twice")]
    [InlineData("""{"__metadata__":{"k":null}}""", 0, "its metadata 'k' is no text")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "'__metadata__' is in it twice")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'dtype' is in it twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "the header's place for 'a' is not its size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "the header's place for 'a' is not its size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775808]}}""", 8, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", 8, "its header is damaged")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "its header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'a' does not begin where the tensor before it ends")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'b' does not begin where the tensor before it ends")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "'a' is in it twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 bytes after the last tensor belong to none")]
    public void Load_DamagedHeader_SaysWhatIsWrong(string header, int dataBytes, string reason)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(WeightFile, [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. new byte[dataBytes]]);
        Action load = () => TensorFile.Load(WeightFile).Dispose();
        load.Should().Throw<InvalidDataException>().WithMessage($"'*' is no safetensors file, or is damaged: {reason}.");
    }

    [Fact]
    public void Load_UnknownNumberFormat_NamesTheTensor()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}""");
        File.WriteAllBytes(WeightFile, [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. new byte[2]]);
        Action load = () => TensorFile.Load(WeightFile).Dispose();
        load.Should().Throw<InvalidDataException>().WithMessage("'a' of '*' is in F8_E4M3, which is not read: save it as F32.");
    }

    [Fact]
    public void Load_TooManyDimensions_IsRefused()
    {
        string header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""".Replace("[1]", $"[{string.Join(',', Enumerable.Repeat(1, 65))}]", StringComparison.Ordinal);
        Refusal([.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[4]]).Should().Contain("'a' has more than 64 dimensions");
    }

    [Fact]
    public void Load_NameThatIsNoUtf8_IsRefused()
    {
        byte[] header = [.. "{\""u8, 0xFF, 0xFE, .. "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"u8];
        Refusal([.. BitConverter.GetBytes((ulong)header.Length), .. header, .. new byte[4]]).Should().Contain("its header is damaged");
    }

    [Fact]
    public void Load_HugeHeaderOfASparseFile_IsRefusedUnread()
    {
        using (FileStream file = File.Create(WeightFile))
        {
            file.Write(BitConverter.GetBytes(90_000_000UL));
            file.SetLength(1L << 40);
        }

        FluentActions.Invoking(() => TensorFile.Load(WeightFile)).Should().Throw<InvalidDataException>().WithMessage("*its header has 90000000 bytes, and 16777216 are the most.");
    }

    [Theory]
    [InlineData("zero-big.safetensors", "*'a' is [[]0, 4611686018427387904, 4], which is larger than can be.")]
    [InlineData("meta-dup.safetensors", "*'k' is in it twice.")]
    [InlineData("dtype-ansi.safetensors", @"'a\u{1b}[[]31m' of '*' is in \u{1b}]0;PWNED\u{7}, which is not read: save it as F32.")]
    public void Load_CaseThatFailedOnce_IsRefusedInPlainText(string file, string message) =>
        FluentActions.Invoking(() => TensorFile.Load(TestData.Case(file))).Should().Throw<InvalidDataException>().WithMessage(message.Replace("[[]", "[", StringComparison.Ordinal))
            .Which.Message.Should().NotMatchRegex("[\\x00-\\x1f\\x7f]");

    [Theory]
    [MemberData(nameof(SpecialFiles.Kinds), MemberType = typeof(SpecialFiles))]
    public void Load_NoFile_IsRefusedAtOnce(string kind) => FluentActions.Invoking(() => TensorFile.Load(SpecialFiles.Create(_folder, kind)))
        .Should().Throw<InvalidDataException>().WithMessage("*, not a file: name a safetensors file.");

    [Fact]
    public void Load_ChangedBytesOfARealFile_IsTensorsOrRefusedInPlainText()
    {
        using Tensor numbers = arange(6).reshape(2, 3).to(ScalarType.Float32);
        using Tensor scalar = tensor(5L);
        TensorFile.Save(WeightFile, new Dictionary<string, Tensor> { ["numbers"] = numbers, ["scalar"] = scalar }, new Dictionary<string, string> { ["k"] = "v" });
        byte[] real = File.ReadAllBytes(WeightFile);
        Gen.Select(Gen.Int[0, real.Length - 1], Gen.Byte, Gen.Int[0, real.Length - 1]).Sample(
            (position, value, length) =>
            {
                byte[] changed = [.. real];
                changed[position] = value;
                string path = _folder.File(Guid.NewGuid().ToString());
                File.WriteAllBytes(path, position % 4 == 0 ? changed[..length] : changed);
                try
                {
                    TensorFile.Load(path).Dispose();
                }
                catch (InvalidDataException exception)
                {
                    exception.Message.Should().NotMatchRegex("[\\x00-\\x1f\\x7f]");
                }
            },
            iter: 1000);
    }

    [Fact]
    public void LoadWeights_NoSuchFile_SaysSo()
    {
        using nn.Module<Tensor, Tensor> network = Build("nats-sss", SizeArchitecture, seed: 1);
        Action load = () => network.LoadWeights(WeightFile);
        load.Should().Throw<FileNotFoundException>().WithMessage($"There is no file '{WeightFile}': name a safetensors file.");
    }

    [Fact]
    public void LoadWeights_Tensors_AreCheckedToo()
    {
        using nn.Module<Tensor, Tensor> network = Build("nats-sss", SizeArchitecture, seed: 1);
        using nn.Module<Tensor, Tensor> same = Build("nats-sss", SizeArchitecture, seed: 2);
        using nn.Module<Tensor, Tensor> other = Build("nats-sss", "16:16:24:32:40", seed: 2);
        string before = Hash(network);

        Action load = () => network.LoadWeights(other.Weights());
        load.Should().Throw<ArgumentException>().WithMessage("The tensors do not fit the network: 'stem.0.weight' is [16, 3, 3, 3] in it*");
        Hash(network).Should().Be(before);

        network.LoadWeights(same.Weights());
        Hash(network).Should().Be(Hash(same));
    }

    [Fact]
    public void Save_EveryNumberFormatAndLayout_ComesBack()
    {
        using var scope = NewDisposeScope();
        ScalarType[] types =
        [
            ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16,
            ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
        ];
        Dictionary<string, Tensor> tensors = types.ToDictionary(type => type.ToString(), type => arange(6).reshape(2, 3).to(type).t());
        tensors.Add("scalar", tensor(5L));
        tensors.Add("empty", zeros(0, 4));

        TensorFile.Save(WeightFile, tensors);
        using TensorFile file = TensorFile.Load(WeightFile);

        file.Tensors.Keys.Should().BeEquivalentTo(tensors.Keys);
        foreach ((string name, Tensor tensor) in tensors)
        {
            file.Tensors[name].dtype.Should().Be(tensor.dtype);
            file.Tensors[name].shape.Should().Equal(tensor.shape);
            file.Tensors[name].eq(tensor).all().item<bool>().Should().BeTrue(name);
        }
    }

    [Fact]
    public void Save_ComplexNumbers_AreRefused()
    {
        using Tensor complex = zeros(2, dtype: ScalarType.ComplexFloat32);
        Action save = () => TensorFile.Save(WeightFile, new Dictionary<string, Tensor> { ["z"] = complex });
        save.Should().Throw<ArgumentException>().WithMessage("'z' is in ComplexFloat32, which a safetensors file cannot hold*");
        File.Exists(WeightFile).Should().BeFalse();
    }

    private string Refusal(byte[] file)
    {
        File.WriteAllBytes(WeightFile, file);
        return FluentActions.Invoking(() => TensorFile.Load(WeightFile)).Should().Throw<InvalidDataException>().Which.Message;
    }

    private void CheckRefused(Action<string> write, string message)
    {
        write(WeightFile);
        using nn.Module<Tensor, Tensor> network = Build("nats-sss", SizeArchitecture, seed: 7);
        string before = Hash(network);

        Action load = () => network.LoadWeights(WeightFile);

        load.Should().Throw<InvalidDataException>().WithMessage(message);
        Hash(network).Should().Be(before);
    }

    private static void SaveOf(string space, string arch, string file)
    {
        using nn.Module<Tensor, Tensor> network = Build(space, arch, seed: 1);
        network.SaveWeights(file);
    }

    // Running statistics and counts included.
    private static nn.Module<Tensor, Tensor> Build(string space, string arch, long seed)
    {
        ISearchSpace searched = space == NatsSizeSpace.Name ? new NatsSizeSpace() : new NatsTopologySpace(new NatsTopologyOptions { CellsPerStage = 1 });
        nn.Module<Tensor, Tensor> network = searched.BuildNetwork(searched.Parse(arch), new NetworkShape());
        WeightInitializer.Default.Initialize(network, seed);
        using IDisposable guard = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        foreach ((_, Tensor buffer) in network.named_buffers())
        {
            _ = buffer.is_floating_point() ? buffer.uniform_(0.5, 2, generator) : buffer.fill_(seed);
        }

        return network;
    }

    private static string Hash(nn.Module network)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach ((string name, Tensor tensor) in network.Weights().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(tensor.bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
