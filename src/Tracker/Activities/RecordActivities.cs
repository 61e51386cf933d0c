using Tracker.Agendas;
using Tracker.Recording;
using Tracker.Sources;
using Wolverine.Http;

namespace Tracker.Activities;

/// <summary>Records up to a thousand activities at once, all or none.</summary>
public static class RecordActivitiesEndpoint
{
    [WolverinePost("/api/v1/agendas/{a}/activities:batch"), Needs(Right.Code)]
    [Operation("recordActivities", "Records up to a thousand activities", Takes = typeof(Batch<RecordActivity>), Gives = typeof(BatchResults), Asks = Asks.Command, Refuses = ["409 slug-taken"])]
    public static Task<IResult> Post(string a, HttpContext http, [NotBody] Intake intake) =>
        intake.Many<RecordActivity>(http, a,
            item => item.SourcesNamed().Select(x => StreamKey.Of<Source>(a, x)).Append(StreamKey.Of<Activity>(a, item.Slug)), Decide);

    public static Decided Decide(IReadOnlyList<RecordActivity> items, Known known)
    {
        var batch = new BatchDecision<Activity>(known);
        for (var i = 0; i < items.Count; i++)
            batch.Take(i, items[i].Slug, new BatchResult(i, items[i].Slug, null, null),
                items[i].Read(batch.At(i), known.The<Agenda>(known.Agenda), known.Find<Source>, known.Today));
        return batch.Outcome();
    }
}
