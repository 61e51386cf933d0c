using Tracker.Agendas;
using Tracker.Proposals;
using Tracker.Recording;

namespace Tracker.Dashboard.Desk;

/// <summary>The forms that decide of a change that waits for a second person.</summary>
internal static class ProposalForms
{
    public static DeskForm Accept(DeskAddress at, Agenda agenda, Proposed it) => About(it, new(at, agenda, Texts.AcceptChange, Texts.AcceptChangeIntro, Texts.AcceptIt,
        [new TextField("reason", Texts.WhyLabel, Form: TextForm.Paragraph)])) with
    {
        Needs = Right.Review,
        WhyNot = caller => Decided(it.Proposal) ?? (it.Proposal.IsOwn(caller) && agenda.Codebook.Review is ReviewPolicy.Second ? Texts.YourOwnChange : null),
    };

    public static DeskForm Reject(DeskAddress at, Agenda agenda, Proposed it) =>
        About(it, new(at, agenda, Texts.RejectChange, Texts.RejectChangeIntro, Texts.RejectIt, [new TextField("reason", Texts.WhyLabel, Required: true, Form: TextForm.Paragraph)])) with
        {
            WhyNot = caller => Decided(it.Proposal) ?? (it.Proposal.IsOwn(caller) || caller.May(Right.Review, agenda.Slug) ? null : Texts.OthersChange),
        };

    private static string? Decided(Proposal it) => it.State is ProposalState.Waiting ? null : Texts.ChangeDecided(it.State);

    private static DeskForm About(Proposed it, DeskForm form) => form with
    {
        About = it.Thing,
        Version = it.Proposal.Version,
        Facts = [(it.Words, it.Title), (Texts.ReasonLabel, it.Proposal.Reason)],
        WouldChange = it.WouldChange,
    };
}
