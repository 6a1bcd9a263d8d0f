using System.Globalization;

namespace RankNas.Strategies.Tests;

public class SimulatedAnnealingOptionsTests
{
    [Fact]
    public void Defaults_AreTheAuthors() => new SimulatedAnnealing().Options.Should().Be(new SimulatedAnnealingOptions
    {
        InitialTemperature = 1,
        FinalTemperature = 8e-4,
        CoolingRate = 0.745,
        IterationsPerTemperature = 4,
        Neighbors = 10,
        Alpha = 0.25,
        Beta = 1,
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void WhatMustBePositive_IsNot_SaysSo(double value)
    {
        Refuses("InitialTemperature", () => new SimulatedAnnealingOptions { InitialTemperature = value });
        Refuses("FinalTemperature", () => new SimulatedAnnealingOptions { FinalTemperature = value });
        Refuses("Alpha", () => new SimulatedAnnealingOptions { Alpha = value });
        Refuses("Beta", () => new SimulatedAnnealingOptions { Beta = value });

        void Refuses(string option, Func<SimulatedAnnealingOptions> create) => Refusal(
            option, create, $"{option} is {value.ToString(CultureInfo.InvariantCulture)}: it must be a finite number greater than 0.");
    }

    [Theory]
    [InlineData(0, "CoolingRate is 0: it must be between 0 and 1.")]
    [InlineData(1, "CoolingRate is 1: it must be between 0 and 1.")]
    [InlineData(double.NaN, "CoolingRate is NaN: it must be between 0 and 1.")]
    public void CoolingRate_NotBetweenZeroAndOne_SaysSo(double value, string message) =>
        Refusal("CoolingRate", () => new SimulatedAnnealingOptions { CoolingRate = value }, message);

    [Fact]
    public void IterationsPerTemperature_BelowOne_SaysSo() => Refusal(
        "IterationsPerTemperature",
        () => new SimulatedAnnealingOptions { IterationsPerTemperature = 0 },
        "IterationsPerTemperature is 0: it must be at least 1.");

    [Fact]
    public void Neighbors_BelowOne_SaysSo() =>
        Refusal("Neighbors", () => new SimulatedAnnealingOptions { Neighbors = -2 }, "Neighbors is -2: it must be at least 1.");

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void SimulatedAnnealing_FinalTemperatureNotBelowTheInitial_SaysSo(double final) =>
        FluentActions.Invoking(() => new SimulatedAnnealing(new SimulatedAnnealingOptions { InitialTemperature = 0.5, FinalTemperature = final }))
            .Should().Throw<ArgumentException>().WithParameterName("options")
            .WithMessage(FormattableString.Invariant($"FinalTemperature is {final}: it must be less than InitialTemperature, 0.5.*"));

    private static void Refusal(string option, Func<SimulatedAnnealingOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);

    [Fact]
    public void NumbersOfArchitecturesBeyondReason_AreRefused()
    {
        FluentActions.Invoking(() => new SimulatedAnnealingOptions { Neighbors = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Neighbors is 2147483647: it must be at most 1,000,000.*");
    }
}
