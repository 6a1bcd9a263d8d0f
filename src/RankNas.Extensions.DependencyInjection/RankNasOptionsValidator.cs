using Microsoft.Extensions.Options;

namespace RankNas;

/// <summary>Checks the options by their attributes; the code is generated.</summary>
[OptionsValidator]
internal sealed partial class RankNasOptionsValidator : IValidateOptions<RankNasOptions>;
