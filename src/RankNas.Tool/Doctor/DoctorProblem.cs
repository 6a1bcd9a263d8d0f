namespace RankNas.Tool.Doctor;

/// <summary>What is wrong with a machine or its settings, and what to do about it.</summary>
/// <param name="What">What was found.</param>
/// <param name="Fix">What to do.</param>
/// <param name="IsFatal">Nothing can be scored until it is done.</param>
internal sealed record DoctorProblem(string What, string Fix, bool IsFatal = false);
