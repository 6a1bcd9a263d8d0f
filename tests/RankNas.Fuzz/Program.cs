using System.Runtime.InteropServices;
using RankNas.Fuzz;
using SharpFuzz;
using SharpFuzz.Common;

// afl-fuzz runs this program with the name of a target, and hands over inputs without starting it anew: eng/fuzz.sh.
// Instrumented code counts its branches from the start, and afl-fuzz gives it the place only when it begins.
const int BranchCounters = 1 << 16;
unsafe
{
    Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(BranchCounters);
}

switch (args)
{
    case ["list"]:
        foreach (FuzzTarget target in FuzzTargets.All)
        {
            Console.WriteLine(target.Name);
        }

        return 0;

    case ["seeds", string name, string folder]:
        Directory.CreateDirectory(folder);
        int number = 0;
        FuzzTarget sown = FuzzTargets.Find(name);
        foreach (byte[] seed in sown.Seeds.Concat(sown.Finds))
        {
            File.WriteAllBytes(Path.Combine(folder, $"seed-{number++:00}"), seed);
        }

        return 0;

    case ["run", string name, .. string[] files]:
        foreach (string file in files)
        {
            string? refusal = FuzzTargets.Find(name).Check(File.ReadAllBytes(file));
            Console.WriteLine($"{file}: {refusal ?? "read"}");
        }

        return 0;

    case ["fuzz", string name]:
        FuzzTarget fuzzed = FuzzTargets.Find(name);

        // What starts slowly does so before the first input is timed.
        foreach (byte[] seed in fuzzed.Seeds)
        {
            fuzzed.Check(seed);
        }

        Fuzzer.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            fuzzed.Check(input.ToArray());
        });
        return 0;

    default:
        Console.Error.WriteLine("Write: list | seeds TARGET FOLDER | run TARGET FILE | fuzz TARGET (under afl-fuzz).");
        return 2;
}
