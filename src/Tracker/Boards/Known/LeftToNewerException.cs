using Tracker.Recording;

namespace Tracker.Boards.Known;

/// <summary>An agenda holds an event that this program does not know: nothing is made of it here.</summary>
public sealed class LeftToNewerException(string agenda) : Exception(Refuse.NewerVersion(agenda).Detail);
