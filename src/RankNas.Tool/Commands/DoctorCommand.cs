using RankNas.Images;
using RankNas.Tool.Doctor;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas doctor</c>: what the machine has, what is wrong with it, and whether a device computes what it should.</summary>
internal static class DoctorCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var device = new DeviceOption("Checks and times a device too", null);
        var timed = new NumberOption<int>("--sample", "How many architectures of each space to time on the device.", 50, 1, 15_625);
        NumberOption<int> batch = BatchOption.Create(2);
        Option<string> images = ImagesOption.Create();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "doctor",
            "Tells what the machine has, what is wrong, and what to do about it.",
            "[options]",
            "ranknas doctor",
            "ranknas doctor --device cuda");
        command.AddGroup("Device", device, timed, images, batch).AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(images) is not null && parsed.GetValue(device) is null)
            {
                throw new UsageException("--images are what --device is checked with: write --device cpu or --device cuda too.");
            }

            DoctorReport report = Examination.Run();
            if (parsed.GetValue(device) is { } name && !report.Problems.Any(problem => problem.IsFatal))
            {
                BatchOption.Check(parsed.GetValue(batch));
                ProbeImages? looked = ImagesOption.Resolve(parsed.GetValue(images));
                if (looked is not null)
                {
                    BatchOption.CheckFor(looked, Math.Max(parsed.GetValue(batch), DeviceExamination.ImagesCompared));
                }

                var examination = new DeviceExamination(
                    DeviceOption.Resolve(name), looked, parsed.GetValue(timed), parsed.GetValue(batch), new SynchronousProgress<string>(step => errors.WriteLine($"{step} …")));
                DeviceCheck check = await examination.RunAsync(cancellationToken).ConfigureAwait(false);
                report = report with { Check = check, Problems = [.. ProblemsOf(check), .. report.Problems] };
            }

            JsonOutput.WriteOr(output, parsed.GetValue(json), report, Write);
            return report.Problems.Any(problem => problem.IsFatal) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<DoctorProblem> ProblemsOf(DeviceCheck check) => check.GreatestDifference
        .Where(proxy => proxy.Value > DeviceExamination.Tolerance)
        .Select(proxy => new DoctorProblem(
            string.Create(CultureInfo.InvariantCulture, $"{proxy.Key} on {check.Device} differs from float64 on the CPU by {proxy.Value:0.0E+0} of the score, and may by {DeviceExamination.Tolerance:0.0E+0}."),
            "Do not use this device's scores; please report it with what 'ranknas doctor --json' writes.",
            IsFatal: true));

    private static void Write(TextWriter output, DoctorReport report, int? width)
    {
        string cores = report.CoresOfMachine is { } all && all != report.CoresGranted ? $"{report.CoresGranted} of {all}, as granted to this process" : $"{report.CoresGranted}";
        (string Name, string Value)[] lines =
        [
            ("RankNas", report.Version),
            ("system", report.System),
            ("processor", report.Processor ?? "not known"),
            ("cores", cores),
            ("instruction set", report.InstructionSet),
            ("kernels", report.Kernels),
            ("libtorch", report.Libtorch is null ? "not loaded" : $"{report.Libtorch}{(report.LibtorchPath is null ? "" : $", {report.LibtorchPath}")}"),
            ("devices", string.Join(", ", report.Devices)),
            ("memory", string.Create(CultureInfo.InvariantCulture, $"{report.AvailableGigabytes:0.0} GB for this process")),
        ];
        foreach ((string name, string value) in lines.Where(line => line.Value.Length > 0))
        {
            output.WriteLine($"{name,-16} {value}");
        }

        if (report.Check is { } check)
        {
            WriteCheck(output, check, width);
        }

        output.WriteLine();
        if (report.Problems.Count == 0)
        {
            output.WriteLine("Nothing is wrong.");
        }

        foreach (DoctorProblem problem in report.Problems)
        {
            output.WriteParagraph($"{(problem.IsFatal ? "✗" : "!")} {problem.What} {problem.Fix}", width);
        }
    }

    private static void WriteCheck(TextWriter output, DeviceCheck check, int? width)
    {
        output.WriteLine();
        output.WriteParagraph($"{check.Architectures} architectures in float32 on {check.Device}, beside libtorch in float64 on the CPU. Greatest difference, relative to the score:", width);
        foreach ((string proxy, double difference) in check.GreatestDifference)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {proxy,-28} {difference:0.0E+0}"));
        }

        output.WriteParagraph($"Time of the paper's three proxies, {check.Timed} architectures of each space, batch {check.Batch}:", width);
        foreach ((string space, double seconds) in check.SecondsAnArchitecture)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {space,-28} {seconds:0.000} s an architecture"));
        }
    }
}
