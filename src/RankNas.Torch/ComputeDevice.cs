using System.Globalization;

namespace RankNas.Torch;

/// <summary>A device that networks run on: the CPU, or one of the GPUs.</summary>
public sealed record ComputeDevice
{
    private ComputeDevice(DeviceType kind, int index) => (Kind, Index) = (kind, index);

    /// <summary>Gets the CPU.</summary>
    public static ComputeDevice Cpu { get; } = new(DeviceType.CPU, 0);

    /// <summary>Gets what kind of device it is: the CPU or CUDA.</summary>
    public DeviceType Kind { get; }

    /// <summary>Gets which device of its kind it is, from 0.</summary>
    public int Index { get; }

    /// <summary>Gets the name of its kind, <c>cpu</c> or <c>cuda</c>.</summary>
    internal string KindId => Kind == DeviceType.CPU ? "cpu" : "cuda";

    /// <summary>Gets whether it is the CPU.</summary>
    public bool IsCpu => Kind == DeviceType.CPU;

    /// <summary>Reads a device's name.</summary>
    /// <param name="text"><c>cpu</c>, <c>cuda</c>, which is the first GPU, or a GPU with its index, such as <c>cuda:1</c>.</param>
    /// <exception cref="FormatException">It is no such name.</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "cpu" => Cpu,
            "cuda" => new ComputeDevice(DeviceType.CUDA, 0),
            ['c', 'u', 'd', 'a', ':', .. var digits] when digits.Length is 1 or 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int index) =>
                new ComputeDevice(DeviceType.CUDA, index),
            _ => throw new FormatException($"'{text}' is no device: write cpu, cuda, or cuda: and the index of a GPU, such as cuda:1."),
        };
    }

    /// <summary>Reads a device's name, as <see cref="Parse"/> does.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">It is no name of a device.</exception>
    public static implicit operator ComputeDevice(string text) => Parse(text);

    /// <summary>Returns the name that <see cref="Parse"/> reads.</summary>
    public override string ToString() => IsCpu ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}");

    /// <summary>Tells why networks cannot run on it in this process; null where they can.</summary>
    internal string? WhyMissing()
    {
        if (IsCpu)
        {
            return null;
        }

        TorchRuntime.EnsureLoaded();
        int devices = cuda.is_available() ? cuda.device_count() : 0;
        return devices == 0 ? $"{this} is not there: this process has libtorch for the CPU, or there is no GPU that it may use"
            : Index >= devices ? $"{this} is not there: this process has {(devices == 1 ? "cuda:0 alone" : $"cuda:0 to cuda:{devices - 1}")}"
            : null;
    }

    /// <summary>Tells whether devices can serve together: one, or several GPUs, each once.</summary>
    internal static bool AreOneSet(IReadOnlyCollection<ComputeDevice> devices) =>
        devices.Count > 0 && devices.Distinct().Count() == devices.Count && (devices.Count == 1 || !devices.Any(device => device.IsCpu));

    /// <summary>Tells why networks cannot run on one of these in this process; null where they can on all.</summary>
    internal static string? WhyMissing(IEnumerable<ComputeDevice> devices) => devices.Select(device => device.WhyMissing()).FirstOrDefault(missing => missing is not null);

    internal Device ToTorch() => IsCpu ? CPU : new Device(Kind, Index);
}
