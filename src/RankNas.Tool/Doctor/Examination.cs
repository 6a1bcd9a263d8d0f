using RankNas.Kernels;
using RankNas.Torch;

namespace RankNas.Tool.Doctor;

/// <summary>Looks at the machine, the settings and libtorch, and names what is wrong.</summary>
internal static class Examination
{
    private const double GigabytesOfAWorker = 1.5;

    public static DoctorReport Run()
    {
        var problems = new List<DoctorProblem>(SettingProblems());
        string? libtorch = null;
        IReadOnlyList<string> devices = [];
        try
        {
            devices = Machine.Devices();
            libtorch = TorchRuntime.LibtorchVersion;
            if (devices.Count == 1 && Machine.HasNvidiaDriver)
            {
                problems.Add(new DoctorProblem(
                    "There is a GPU of NVIDIA's, and this ranknas has libtorch for the CPU.", "Run it from the sources with -p:TorchBackend=cuda-linux."));
            }
        }
        catch (TorchRuntimeException exception)
        {
            problems.Insert(0, new DoctorProblem("libtorch does not load.", exception.Message, IsFatal: true));
        }

        return new DoctorReport(
            ToolVersion.Text, Machine.System, Machine.Processor, Environment.ProcessorCount, Machine.Cores, InstructionSet.Current, KernelsOf(InstructionSet.Current),
            libtorch, libtorch is null ? null : Machine.LibtorchPath, devices, AvailableGigabytes, problems, Check: null);
    }

    private static double AvailableGigabytes => AvailableMemory.Bytes / 1e9;

    private static string KernelsOf(string instructionSet) => instructionSet switch
    {
        "avx512" or "avx2" => "RankNas's convolutions, pooling, normalisation and sums",
        "none" => "libtorch's convolutions; RankNas's pooling, normalisation and sums, without vectors",
        _ => "libtorch's convolutions; RankNas's pooling, normalisation and sums",
    };

    private static IEnumerable<DoctorProblem> SettingProblems()
    {
        if (InstructionSet.Current != "avx512" && Machine.Flags.Contains("avx512f"))
        {
            yield return new DoctorProblem(
                $"The processor has AVX-512, and .NET uses {InstructionSet.Current} at most.",
                "Remove DOTNET_EnableAVX512, DOTNET_EnableAVX2, DOTNET_EnableHWIntrinsic and DOTNET_PreferredVectorBitWidth from the environment.");
        }

        if (InstructionSet.Current == "none")
        {
            yield return new DoctorProblem("There are no vectors of 256 bits: scores take several times as long.", "Use a processor with AVX2, of 2013 or later.");
        }

        if (Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY") is { Length: > 0 } capability)
        {
            yield return new DoctorProblem(
                $"ATEN_CPU_CAPABILITY is '{capability}': libtorch uses that instruction set, and no wider one.", "Remove it, unless scores have to equal those of another machine.");
        }

        if (Environment.GetEnvironmentVariable(TorchRuntime.NoPatchVariable) == "1")
        {
            yield return new DoctorProblem(
                $"{TorchRuntime.NoPatchVariable} is 1: libtorch is loaded as it is.", "Remove it: RankNas repairs what is known to be wrong in TorchSharp's native half.");
        }

        if (AvailableGigabytes < GigabytesOfAWorker * Environment.ProcessorCount)
        {
            yield return new DoctorProblem(
                $"{Environment.ProcessorCount} workers at a batch of 128 may take {GigabytesOfAWorker * Environment.ProcessorCount:0.0} GB, and this process may use {AvailableGigabytes:0.0} GB.",
                "Write fewer --workers or a smaller --batch.");
        }

        if (Environment.GetEnvironmentVariable("DOTNET_TieredPGO") == "0" || Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") == "0")
        {
            yield return new DoctorProblem("Tiered compilation is off.", "Remove DOTNET_TieredPGO and DOTNET_TieredCompilation from the environment.");
        }
    }
}
