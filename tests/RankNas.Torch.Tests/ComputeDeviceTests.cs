using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class ComputeDeviceTests
{
    [Theory]
    [InlineData("cpu", DeviceType.CPU, 0, "cpu")]
    [InlineData("cuda", DeviceType.CUDA, 0, "cuda:0")]
    [InlineData("cuda:0", DeviceType.CUDA, 0, "cuda:0")]
    [InlineData("cuda:13", DeviceType.CUDA, 13, "cuda:13")]
    public void Parse_AName_IsWhatToStringReturns(string text, DeviceType kind, int index, string canonical)
    {
        ComputeDevice device = text;
        (device.Kind, device.Index, device.ToString()).Should().Be((kind, index, canonical));
        ComputeDevice.Parse(canonical).Should().Be(device);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CUDA")]
    [InlineData("cpu:1")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:+1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:1,cuda:2")]
    [InlineData("cuda:99999999999")]
    public void Parse_AnythingElse_SaysWhatToWrite(string text) =>
        FluentActions.Invoking(() => ComputeDevice.Parse(text)).Should().Throw<FormatException>().WithMessage($"'{text}' is no device: write cpu, cuda, or *");

    [Fact]
    public void WhyMissing_IsNullForTheCpuAloneWhereThereIsNoGpu()
    {
        Assert.SkipWhen(cuda.is_available(), "There is a GPU here.");
        ComputeDevice.Cpu.WhyMissing().Should().BeNull();
        ComputeDevice.Parse("cuda:1").WhyMissing().Should().Be("cuda:1 is not there: this process has libtorch for the CPU, or there is no GPU that it may use");
    }

    [Fact]
    public void TensorFloat32_IsAsItWasAfterTheLastUse()
    {
        (bool, bool) State() => (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32);
        (bool, bool) before = State();
        using (IDisposable first = TensorFloat32.Use(isAllowed: false))
        {
            using (IDisposable second = TensorFloat32.Use(isAllowed: false))
            {
                State().Should().Be((false, false));
                FluentActions.Invoking(() => TensorFloat32.Use(isAllowed: true)).Should().Throw<InvalidOperationException>().WithMessage("*run one after the other*");
                second.Dispose();
            }

            State().Should().Be((false, false), "the first is still there");
        }

        State().Should().Be(before);
        using (TensorFloat32.Use(isAllowed: true))
        {
            State().Should().Be((true, true));
        }

        State().Should().Be(before);
    }
}
