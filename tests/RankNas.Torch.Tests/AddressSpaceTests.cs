namespace RankNas.Torch.Tests;

public class AddressSpaceTests
{
    private static readonly string[] Status = ["Name:\tdotnet", "VmPeak:\t 5000 kB", "VmSize:\t 4000 kB", "VmData:\t  100 kB"];

    [Theory]
    [InlineData("unlimited", "unlimited", null)]
    [InlineData("5120000", "unlimited", 5120000L - 4096000)]
    [InlineData("unlimited", "204800", 204800L - 102400)]
    [InlineData("5120000", "204800", 204800L - 102400)]
    [InlineData("4096", "unlimited", 4096L - 4096000)]
    public void RoomOf_Limits_IsTheLeastThatIsLeft(string addresses, string data, long? room) => AddressSpace.RoomOf(
        [
            "Limit                     Soft Limit           Hard Limit           Units     ",
            $"Max data size             {data,-20} unlimited            bytes     ",
            "Max stack size            8388608              unlimited            bytes     ",
            $"Max address space         {addresses,-20} unlimited            bytes     ",
        ], Status).Should().Be(room);

    [Fact]
    public void RoomOf_NothingThatCanBeRead_IsNoLimit() => AddressSpace.RoomOf([], []).Should().BeNull();
}
