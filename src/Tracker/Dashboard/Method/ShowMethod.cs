using Tracker.Access;
using Tracker.Dashboard.Frame;
using Tracker.Prose;
using Tracker.Recording;
using Wolverine.Http;

namespace Tracker.Dashboard.Method;

/// <summary>The published rule: its words, and each version in full. It holds nothing of any agenda, and is open where reading is not, because reports that were sent lead here.</summary>
public static class ShowMethodEndpoints
{
    [WolverineGet(MethodPages.Method), OpenToAll]
    public static IResult Show() => new PageAnswer<MethodPage>(200, 0, []);

    [WolverineGet(MethodPages.Method + "/{rule}"), OpenToAll]
    public static IResult ShowRule(string rule) => MethodPages.Rules.FirstOrDefault(x => MethodPages.NameOf(x) == rule) is { } named
        ? new PageAnswer<RulePage>(200, 0, new() { [nameof(RulePage.Rule)] = named })
        : new Refusal(404, "not-found", "There is nothing at this address.").AsPage();
}
