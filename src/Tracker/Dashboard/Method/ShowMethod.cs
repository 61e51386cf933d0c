using Tracker.Access;
using Tracker.Boards.Known;
using Tracker.Dashboard.Frame;
using Tracker.Prose;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.Method;

/// <summary>
/// The published rule: its words, and each version in full. It holds nothing of any agenda, and is open where reading is not, because reports that were sent lead
/// here. Its example leads to the board that it tells of, for whoever may read that.
/// </summary>
public static class ShowMethodEndpoints
{
    /// <summary>The agenda of the example, where the record that comes with Tracker was loaded.</summary>
    private const string Example = "us-china-bali";

    [WolverineGet(MethodPages.Method), OpenToAll]
    public static IResult Show() => new PageAnswer<MethodPage>(200, 0, []);

    [WolverineGet(MethodPages.Method + "/{rule}"), OpenToAll]
    public static async Task<IResult> ShowRule(string rule, HttpContext http, [NotBody] Moments moments, [NotBody] ReadAccess readAccess, CancellationToken ct)
    {
        if (MethodPages.Rules.FirstOrDefault(x => MethodPages.NameOf(x) == rule) is not { } named) return new Refusal(404, "not-found", "There is nothing at this address.").AsPage();
        var isThere = await readAccess.MayReadAsync(http.Caller(), Example, ct) && await moments.LineAsync(Example, ct) is > 0;
        return new PageAnswer<RulePage>(200, 0, new() { [nameof(RulePage.Rule)] = named, [nameof(RulePage.Example)] = isThere ? Example : null });
    }
}
