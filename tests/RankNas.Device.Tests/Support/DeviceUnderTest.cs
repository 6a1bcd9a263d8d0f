using RankNas.Torch;

namespace RankNas.Device.Tests.Support;

/// <summary>The device that RANKNAS_DEVICE names, such as <c>cuda</c>. Without it, the CPU runs what a GPU would: tensor routines without kernels.</summary>
internal static class DeviceUnderTest
{
    public static ComputeDevice Device { get; } = ComputeDevice.Parse(Environment.GetEnvironmentVariable("RANKNAS_DEVICE") is { Length: > 0 } name ? name : "cpu");

    public static NasBuilder OnDeviceUnderTest(this NasBuilder builder) => builder.WithDevice(Device).WithoutKernels();
}
