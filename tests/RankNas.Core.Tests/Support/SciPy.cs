using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace RankNas.Core.Tests.Support;

/// <summary>SciPy, for a second opinion; without it a test is skipped.</summary>
internal static class SciPy
{
    private static readonly Lazy<string?> Python = new(Find);

    /// <summary>Evaluates a Python expression of <c>x</c> and <c>y</c>, with <c>stats</c> and <c>numpy</c> at hand.</summary>
    public static double Evaluate(string expression, double[] x, double[] y)
    {
        Assert.SkipWhen(Python.Value is null, "Python with SciPy is not installed: on Debian, apt-get install python3-scipy.");
        string program = $"import json, sys, numpy; from scipy import stats; x, y = json.load(sys.stdin); print(repr(float({expression})))";
        return double.Parse(Run(Python.Value, program, JsonSerializer.Serialize(new[] { x, y }))!, CultureInfo.InvariantCulture);
    }

    private static string? Find() => Array.Find(["/usr/bin/python3", "python3", "python"], python => Run(python, "import scipy", "") is not null);

    private static string? Run(string python, string program, string input)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", program])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
