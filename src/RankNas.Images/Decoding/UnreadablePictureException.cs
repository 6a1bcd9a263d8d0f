namespace RankNas.Images.Decoding;

/// <summary>A picture cannot be read; the message says why, as in "photo.jpg: it is cut off".</summary>
internal sealed class UnreadablePictureException(string message, Exception? inner = null) : Exception(message, inner);
