using Tracker.Api.Tests.Harness;
using Tracker.Recording;

namespace Tracker.Browser.Tests.Browser;

/// <summary>What those who work at the desk do again and again.</summary>
internal static class AtTheDesk
{
    /// <summary>Somebody signed in with a key of their own, at a page. The same name is the same person.</summary>
    public static async Task<Visitor> SignedInAsync(this Chromium chromium, Ledger ledger, string path, string name, Role role, Look? look = null)
    {
        var key = (await ledger.Owner.PostAsync("keys", new { name, role = Words.Text(role) })).Should(201)["key"];
        var visitor = await chromium.VisitAsync(ledger.Tracker, look);
        await visitor.OpenAsync($"/sign-in?to={path}");
        await visitor.Page.Locator("#key").FillAsync(key);
        await visitor.Page.Locator("main button").ClickAsync();
        await visitor.Page.WaitForURLAsync($"**{path}");
        return visitor;
    }

    public static Task SendAsync(this Visitor visitor) => visitor.Page.Locator("main form.desk .send button").ClickAsync();
}
