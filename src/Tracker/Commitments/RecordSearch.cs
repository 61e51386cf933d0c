using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Commitments;

/// <summary>Records that someone looked and found nothing: absence of action is a finding, and a finding needs a record.</summary>
public sealed record RecordSearch(string SearchedThrough, string[] Places, string? Note = null)
{
    /// <summary>The fact this command states, or problems.</summary>
    /// <param name="today">Nobody has searched through a day that has not come.</param>
    public SearchRecorded Read(Problems problems, string id, DateOnly today)
    {
        var through = problems.PastDay("searchedThrough", SearchedThrough, today);
        return new SearchRecorded(id, through, problems.Texts("places", Places), problems.OptionalText("note", Note));
    }

    /// <summary>
    /// Sees that it says where was looked, and that it can say something of the commitment. Searches that a record holds already were taken
    /// without this.
    /// </summary>
    /// <param name="madeOn">The day on which the commitment was made.</param>
    public void Check(Problems problems, DateOnly madeOn)
    {
        if (Places is not { Length: > 0 }) problems.Add("places", "no-places", "'places' must name at least one: nothing was found where nobody looked.");
        if (Days.TryParse(SearchedThrough, out var through) && through < madeOn)
            problems.Add("searchedThrough", "bad-date", $"'searchedThrough' lies before the commitment was made, {Days.Text(madeOn)}.");
    }
}

public static class RecordSearchEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/commitments/{c}/searches"), Needs(Right.Code)]
    [Operation("recordSearch", "Records that someone looked and found nothing", Takes = typeof(RecordSearch), Gives = typeof(Search), Status = 201, Asks = Asks.Command, Refuses = ["409 withdrawn"])]
    public static Task<IResult> Post(string a, string c, HttpContext http, [NotBody] Intake intake) =>
        intake.AddTo<RecordSearch, Commitment>(http, a, c, "searches", Intake.NoOthers<RecordSearch>,
            (command, known) => Decide(command, known.The<Commitment>(c), known.NewName(), known.Today),
            (commitment, id) => commitment.Searches.First(x => x.Id == id));

    public static Decided Decide(RecordSearch command, Commitment commitment, string freshName, DateOnly today)
    {
        if (commitment.Withdrawal is not null) return Refuse.Withdrawn("commitment", commitment.Slug);
        var problems = new Problems();
        var recorded = command.Read(problems, freshName, today);
        command.Check(problems, commitment.MadeOn);
        return problems.Any ? problems.Refusal() : Decided.Made(recorded.Id, recorded);
    }
}
