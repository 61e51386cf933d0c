using Tracker.Access;
using Tracker.Dashboard.Frame;
using Wolverine.Http;

namespace Tracker.Dashboard.About;

/// <summary>What this is, who publishes it, and on what terms. It holds nothing of any agenda, and is open where reading is not: who is turned away must find whom to ask.</summary>
public static class ShowAboutEndpoint
{
    [WolverineGet("/about"), OpenToAll]
    public static IResult Show([NotBody] OperatorSettings about) => new PageAnswer<AboutPage>(200, 0, new() { [nameof(AboutPage.Operator)] = about });
}
