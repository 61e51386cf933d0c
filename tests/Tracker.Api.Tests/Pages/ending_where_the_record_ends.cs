using System.Net;
using System.Text.RegularExpressions;
using Tracker.Api.Tests.Boards;

namespace Tracker.Api.Tests.Pages;

/// <summary>The Bali record ends on 31 January 2023: whatever page of it is opened first, it says so, and judges nothing after that day.</summary>
public sealed partial class ending_where_the_record_ends(following_the_Bali_summit.Imported bali) : IClassFixture<following_the_Bali_summit.Imported>
{
    public static TheoryData<string> Pages =>
    [
        "/agendas/us-china-bali", "/agendas/us-china-bali/timeline", "/agendas/us-china-bali/matrix", "/agendas/us-china-bali/divergence", "/agendas/us-china-bali/parties/US",
        "/agendas/us-china-bali/commitments/secretary-visit", "/agendas/us-china-bali/commitments/joint-working-group", "/agendas/us-china-bali/activities/december-talks",
        "/embed/agendas/us-china-bali", "/",
    ];

    [Theory, MemberData(nameof(Pages))]
    public async Task is_said_on_every_page(string page)
    {
        var text = await TextAsync(page);

        text.ShouldContain("31 January 2023");
        RecordEnd().IsMatch(text).ShouldBeTrue(text);
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task leaves_nothing_overdue_stale_or_counted_to_a_later_day(string page)
    {
        DaysToToday().IsMatch(await TextAsync(page)).ShouldBeFalse();
        (await bali.Tracker.Public.GetAsync(page, ("Accept", "text/html"))).Text.ShouldNotContain("<ul class=\"flags\"");
    }

    private async Task<string> TextAsync(string page)
    {
        await bali.Tracker.Public.GetAsync(1, "agendas/us-china-bali/board");
        var answer = await bali.Tracker.Public.GetAsync(page, ("Accept", "text/html"));
        answer.Should(200);
        return WebUtility.HtmlDecode(Spaces().Replace(Markup().Replace(answer.Text, " "), " "));
    }

    [GeneratedRegex("record ends")]
    private static partial Regex RecordEnd();

    [GeneratedRegex(@"\d,\d{3} days")]
    private static partial Regex DaysToToday();

    [GeneratedRegex("<(script|style|title)[^>]*>.*?</\\1>|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Markup();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
