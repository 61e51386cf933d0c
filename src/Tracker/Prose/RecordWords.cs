using Tracker.Boards.Changes;
using Tracker.Boards.Divergences;

namespace Tracker.Prose;

/// <summary>What kinds of changes, amendments and differences there are, in words.</summary>
public static class RecordWords
{
    public static string Of(ChangeKind kind) => kind switch
    {
        ChangeKind.StatusChanged => Texts.StatusChanged,
        ChangeKind.Corrected => Texts.Corrected,
        ChangeKind.Withdrawn => Texts.Withdrawn,
        ChangeKind.Reinstated => Texts.Reinstated,
        ChangeKind.Covered => Texts.Covered,
        ChangeKind.BecameUncovered => Texts.BecameUncovered,
        ChangeKind.BecameOverdue => Texts.BecameOverdue,
        _ => Texts.BecameStale,
    };

    public static string Of(Boards.History.Amendment amendment) => amendment switch
    {
        Boards.History.Amendment.Correction => Texts.Correction,
        Boards.History.Amendment.Withdrawal => Texts.Withdrawal,
        Boards.History.Amendment.Reinstatement => Texts.Reinstatement,
        _ => Texts.Retraction,
    };

    public static string Of(DiffersIn what) => what switch
    {
        DiffersIn.Date => Texts.DiffersInDate,
        DiffersIn.Place => Texts.DiffersInPlace,
        _ => Texts.DiffersInWording,
    };

    public static string Of(Dating dating) => dating switch
    {
        Dating.Same => Texts.DatedTheSame,
        Dating.Within => Texts.DatedMorePrecisely,
        Dating.Around => Texts.DatedLessPrecisely,
        Dating.Overlapping => Texts.DatedOverlapping,
        _ => Texts.DatedOtherwise,
    };
}
