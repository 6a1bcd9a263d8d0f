using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Training.Checkpoints;

/// <summary>What a checkpoint may not be continued with if it differs, by name.</summary>
internal static class RunIdentity
{
    private const int Digits = 32;
    private const int MostDifferences = 3;

    public static SortedDictionary<string, string> Of(
        IReadOnlyDictionary<string, Tensor> weights, LabelledImages training, LabelledImages? validation, TrainingOptions options)
    {
        var identity = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["network"] = Hash(string.Join('\n', weights.Select(pair => $"{pair.Key} {string.Join('x', pair.Value.Sizes())}"))),
            ["training images"] = FingerprintOf(training),
            ["validation images"] = validation is null ? "none" : FingerprintOf(validation),
        };
        foreach ((string name, object? value) in ValuesOf(options).Concat(ValuesOf(options.Augmentation)))
        {
            identity.Add(name, string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }

        return identity;
    }

    public static string ToJson(SortedDictionary<string, string> identity) => JsonSerializer.Serialize(identity, TrainingJson.Default.SortedDictionaryStringString);

    /// <summary>Says how a saved one differs.</summary>
    /// <returns>Null where it does not.</returns>
    public static string? Difference(string? saved, SortedDictionary<string, string> identity)
    {
        SortedDictionary<string, string> other = saved is null ? [] : JsonSerializer.Deserialize(saved, TrainingJson.Default.SortedDictionaryStringString) ?? [];
        string[] differences = [.. identity.Where(pair => other.GetValueOrDefault(pair.Key) != pair.Value)
            .Select(pair => $"{pair.Key} is {other.GetValueOrDefault(pair.Key, "missing")} in it and {pair.Value} here")];
        return differences.Length == 0 ? null
            : string.Join(", ", differences.Take(MostDifferences)) + (differences.Length > MostDifferences ? $", and {differences.Length - MostDifferences} more" : "");
    }

    private static IEnumerable<(string Name, object? Value)> ValuesOf(TrainingOptions options) =>
    [
        (nameof(options.Epochs), options.Epochs), (nameof(options.BatchSize), options.BatchSize), (nameof(options.Seed), options.Seed),
        (nameof(options.Optimizer), options.Optimizer), (nameof(options.LearningRate), options.HighestRate), (nameof(options.Momentum), options.Momentum),
        (nameof(options.Nesterov), options.Nesterov), (nameof(options.Beta1), options.Beta1), (nameof(options.Beta2), options.Beta2), (nameof(options.Epsilon), options.Epsilon),
        (nameof(options.WeightDecay), options.Decay), (nameof(options.DecayNormalizationAndBias), options.DecayNormalizationAndBias),
        (nameof(options.Schedule), options.Schedule), (nameof(options.WarmupEpochs), options.WarmupEpochs), (nameof(options.FinalLearningRate), options.FinalLearningRate),
        (nameof(options.StepEpochs), string.Join(' ', options.StepEpochs)), (nameof(options.StepFactor), options.StepFactor),
        (nameof(options.LabelSmoothing), options.LabelSmoothing), (nameof(options.ClassWeighting), options.ClassWeighting),
        (nameof(options.ClassWeights), string.Join(' ', options.ClassWeights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))),
        (nameof(options.MaxGradientNorm), options.MaxGradientNorm), (nameof(options.AverageDecay), options.AverageDecay), (nameof(options.SelectBy), options.SelectBy),
        (nameof(options.KeepBest), options.KeepBest), (nameof(options.MixedPrecision), options.Mixes),
    ];

    private static IEnumerable<(string Name, object? Value)> ValuesOf(AugmentationOptions options) =>
    [
        (nameof(options.CropPadding), options.CropPadding), (nameof(options.FlipHorizontally), options.FlipHorizontally), (nameof(options.Brightness), options.Brightness),
        (nameof(options.Contrast), options.Contrast), (nameof(options.Saturation), options.Saturation), (nameof(options.RandAugmentOperations), options.RandAugmentOperations),
        (nameof(options.RandAugmentMagnitude), options.RandAugmentMagnitude), (nameof(options.ErasingProbability), options.ErasingProbability),
        (nameof(options.MixupProbability), options.MixupProbability), (nameof(options.MixupAlpha), options.MixupAlpha),
        (nameof(options.CutMixProbability), options.CutMixProbability), (nameof(options.CutMixAlpha), options.CutMixAlpha),
    ];

    private static string FingerprintOf(LabelledImages images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string normalization = string.Join(' ', images.Normalization.Mean.Concat(images.Normalization.Deviation).Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
        hash.AppendData(Encoding.UTF8.GetBytes($"{images.Count} {images.Shape.InputText} {images.Shape.Classes} {normalization}\n{string.Join(' ', images.Labels)}\n"));
        for (int image = 0; image < images.Count; image++)
        {
            hash.AppendData(images.PixelsOf(image));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())))[..Digits];
}
