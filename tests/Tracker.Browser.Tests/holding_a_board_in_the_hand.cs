using System.Text.Json.Nodes;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;

namespace Tracker.Browser.Tests;

/// <summary>Boards of any size on the narrowest screens.</summary>
public sealed class holding_a_board_in_the_hand(Chromium chromium, PostgresUnderTest postgres)
{
    private static readonly int[] Widths = [320, 360, 390, 430];

    [Theory, InlineData(16), InlineData(20), InlineData(29), InlineData(40), InlineData(41)]
    public async Task fits_however_many_commitments_there_are(int commitments)
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var agenda = $"of-{commitments}";
        var bundle = Bundles.Of(agenda, activities: 0);
        bundle["searches"] = new JsonArray();
        bundle["commitments"] = new JsonArray([.. Enumerable.Range(0, commitments).Select(x => (JsonNode)Given.Commitment($"promise-{x:D2}", x % 3 == 0 ? "restraint" : "continuing").Json())]);
        (await tracker.Owner.PostAsync($"agendas/{agenda}/import", bundle)).Should(200);
        await using var visitor = await chromium.VisitAsync(tracker, Look.Phone);
        foreach (var path in (string[])["/", $"/agendas/{agenda}", $"/embed/agendas/{agenda}"])
        {
            await visitor.OpenAsync(path);
            foreach (var width in Widths)
            {
                await visitor.Page.SetViewportSizeAsync(width, 800);
                await visitor.ShouldFitAsync($"{path} at {width}");
                (await visitor.Page.Locator(".strip").EvaluateAsync<bool>("x => x.scrollWidth <= x.clientWidth && [...x.children].every(y => y.getBoundingClientRect().width >= 1)")).ShouldBeTrue($"the strip of {path} at {width}");
            }

            if (path == "/") await visitor.PictureAsync($"phone-{commitments}");
        }

        visitor.ShouldBeQuiet();
    }

    [Fact]
    public async Task breaks_no_day_and_cuts_off_no_field()
    {
        await using var visitor = await chromium.VisitBaliAsync(postgres, Look.Phone);
        foreach (var width in Widths)
        {
            await visitor.Page.SetViewportSizeAsync(width, 800);
            await visitor.OpenAsync("/agendas/us-china-bali?validAt=2023-01-31");
            await visitor.PictureAsync($"asking-at-{width}");
            (await visitor.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('.ends > *')].flatMap(x => [...x.firstChild.data.matchAll(/\S+/g)].filter(word => {
                  const range = document.createRange();
                  range.setStart(x.firstChild, word.index);
                  range.setEnd(x.firstChild, word.index + word[0].length);
                  return range.getClientRects().length > 1;
                }).map(word => word[0]))
                """)).ShouldBeEmpty($"at {width}");
            // What a day takes in this browser, where nothing presses it.
            (await visitor.Page.EvaluateAsync<double>("""
                () => {
                  const field = document.getElementById('ask-valid-at'), free = field.cloneNode();
                  free.id = '';
                  free.style.cssText = 'position: absolute; width: auto; max-width: none';
                  field.parentNode.append(free);
                  const short = free.offsetWidth - field.offsetWidth;
                  free.remove();
                  return short;
                }
                """)).ShouldBeLessThanOrEqualTo(0, $"at {width}");
            (await visitor.Page.Locator(".asked > *").EvaluateAllAsync<bool>("x => x.every(y => y.scrollWidth <= y.clientWidth + 2 && y.getBoundingClientRect().right <= y.parentElement.getBoundingClientRect().right + 1)")).ShouldBeTrue($"at {width}");
            (await visitor.Page.Locator("#ask-play").EvaluateAsync<double>("x => x.offsetHeight")).ShouldBeLessThan(50, $"at {width}");
            await visitor.ShouldFitAsync($"at {width}");
        }

        visitor.ShouldBeQuiet();
    }
}
