namespace RankNas.Tool.Doctor;

/// <summary>What <c>ranknas doctor</c> finds, as JSON has it.</summary>
/// <param name="Version">Of RankNas.</param>
/// <param name="System">The operating system and the .NET runtime.</param>
/// <param name="Processor">Its name; null where the system does not tell.</param>
/// <param name="CoresGranted">The cores that this process may use, as a container or an affinity mask limits them.</param>
/// <param name="CoresOfMachine">The logical processors of the machine; null where the system does not tell.</param>
/// <param name="InstructionSet">The instruction set of RankNas's kernels.</param>
/// <param name="Kernels">What computes convolutions.</param>
/// <param name="Libtorch">Its version; null where it does not load.</param>
/// <param name="LibtorchPath">The file it was loaded from.</param>
/// <param name="Devices">What networks can run on.</param>
/// <param name="AvailableGigabytes">The memory that this process may use.</param>
/// <param name="Problems">What is wrong, fatal first.</param>
/// <param name="Check">What a device computes, where asked for.</param>
internal sealed record DoctorReport(
    string Version,
    string System,
    string? Processor,
    int CoresGranted,
    int? CoresOfMachine,
    string InstructionSet,
    string Kernels,
    string? Libtorch,
    string? LibtorchPath,
    IReadOnlyList<string> Devices,
    double AvailableGigabytes,
    IReadOnlyList<DoctorProblem> Problems,
    DeviceCheck? Check);
