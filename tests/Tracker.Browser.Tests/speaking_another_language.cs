using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Castle.DynamicProxy;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Api.Tests.Harness;
using Tracker.Browser.Tests.Browser;
using Tracker.Languages;

namespace Tracker.Browser.Tests;

/// <summary>
/// A language is one class. Here it is one whose words all stand in brackets, with days and numbers as in Kyiv, over a record without a Latin letter:
/// what a page then shows in Latin letters outside of brackets is a word that no other language could say.
/// </summary>
public sealed partial class speaking_another_language(Chromium chromium, PostgresUnderTest postgres)
{
    private const string Tag = "qps-ploc";

    // Codes of parties and tags are the record's; the names of forms are the same in every language.
    private static readonly HashSet<string> Everywhere = ["AA", "BB", "uk", "UTC", "SHA", "JSON", "CSV", "Markdown", "HTML", "PDF"];

    [Fact]
    public async Task leaves_no_word_of_a_page_in_the_first()
    {
        var language = new ProxyGenerator().CreateClassProxy<Language>(new Bracketing());
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, services => services.AddSingleton(language));
        var ledger = await RecordAsync(tracker);
        await using var visitor = await chromium.VisitAsync(tracker);
        visitor.Expected.UnionWith([403, 404, 422]);
        // Of its own, the browser asks in a language that it can write days in.
        await visitor.Page.RouteAsync("**/*", x => x.ContinueAsync(new() { Headers = x.Request.Headers.Where(y => y.Key != "accept-language").Append(new("accept-language", $"{Tag}, en;q=0.5")) }));

        var found = new List<string>();
        await LookAsync($"/sign-in?to=/agendas/{ledger.Slug}/desk");
        await visitor.Page.Locator("#key").FillAsync(Node.OwnerKey);
        await visitor.Page.Locator("main button").ClickAsync();
        var agenda = $"/agendas/{ledger.Slug}";
        foreach (var path in (string[])
            ["/", "/method", "/method/depth-ladder-2", "/method/depth-ladder-1", "/about", agenda, $"{agenda}?validAt=2022-11-10", $"{agenda}?validAt=2023-03-01&compare=2022-12-01&knownAt=2", $"{agenda}?validAt=2022-11-10&compare=2023-03-01", $"{agenda}?status=noneFound", $"{agenda}/timeline", $"{agenda}/divergence", $"{agenda}/changes", $"{agenda}/matrix", $"{agenda}/matrix?sort=count&validAt=2023-03-01", $"{agenda}/parties/AA", $"{agenda}/commitments/visit?party=BB",
                $"{agenda}/reports", $"{agenda}/commitments/visit", $"{agenda}/activities/talks", $"{agenda}/sources/readout-aa", $"/embed{agenda}", "/agendas/nowhere",
                $"{agenda}/desk", $"{agenda}/desk/sources", $"{agenda}/desk/activities", $"{agenda}/desk/commitments", $"{agenda}/desk/commitments/visit/evidence", $"{agenda}/desk/commitments/visit/searches",
                $"{agenda}/desk/commitments/visit/clauses", $"{agenda}/desk/commitments/visit/withdrawal", $"{agenda}/desk/commitments/visit/corrections", $"{agenda}/desk/activities/talks/corrections",
                $"{agenda}/desk/activities/talks/withdrawal", $"{agenda}/desk/sources/readout-aa/corrections", $"{agenda}/desk/evidence/e-talks/recoding", $"{agenda}/desk/evidence/e-talks/retraction", $"{agenda}/desk/evidence/e-more/review"])
            await LookAsync(path);

        await visitor.OpenAsync($"{agenda}/desk/sources");
        await visitor.Page.Locator("main form.desk").EvaluateAsync("x => { x.noValidate = true; x.requestSubmit(); }");
        await visitor.Page.Locator(".wrongs").First.WaitForAsync();
        await LookedAtAsync("an empty form");

        // Who has signed in as a coder and lacks the right.
        await visitor.OpenAsync($"{agenda}/desk");
        await visitor.Page.Locator("form[action='/sign-out'] button").ClickAsync();
        var coder = (await tracker.Owner.PostAsync("keys", new { name = "Оля", role = "coder" })).Should(201)["key"];
        await visitor.OpenAsync($"/sign-in?to={agenda}/desk/evidence/e-more/review");
        await visitor.Page.Locator("#key").FillAsync(coder);
        await visitor.Page.Locator("main button").ClickAsync();
        (await visitor.Page.Locator("main").InnerTextAsync()).ShouldContain("⟦Your role does not carry this⟧");
        await LookedAtAsync("a right that is lacking");

        found.ShouldBeEmpty(string.Join('\n', found));
        (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(Tag);

        async Task LookAsync(string path)
        {
            await visitor.OpenAsync(path);
            await LookedAtAsync(path);
        }

        async Task LookedAtAsync(string path)
        {
            if (path.Contains("/desk/", StringComparison.Ordinal)) (await visitor.Page.Locator("form[action='/sign-in']").CountAsync()).ShouldBe(0, path);
            var texts = await visitor.Page.EvaluateAsync<string[]>(EveryText);
            texts.Count(x => x.Contains('⟦')).ShouldBeGreaterThan(path.StartsWith("/embed", StringComparison.Ordinal) ? 5 : 8, path);
            found.AddRange(from text in texts let left = LeftOf(text) where left.Length > 0 select $"{path}: {left} in “{text}”");
        }
    }

    [Fact]
    public async Task is_asked_for_by_the_browser_and_concerns_pages_only()
    {
        var language = new ProxyGenerator().CreateClassProxy<Language>(new Bracketing());
        await using var tracker = await TrackerUnderTest.StartAsync(postgres, services => services.AddSingleton(language));
        var ledger = await RecordAsync(tracker);
        string[] pages = ["/", $"/agendas/{ledger.Slug}"];
        string[] forMachines = [$"/api/v1/agendas/{ledger.Slug}/changes", $"/api/v1/agendas/{ledger.Slug}/commitments/visit/history", $"/api/v1/agendas/{ledger.Slug}/feed.atom", $"/api/v1/agendas/{ledger.Slug}/badge.svg"];

        foreach (var path in pages)
        {
            (await TextAsync(path, $"en-US,en;q=0.9,{Tag};q=0.1")).ShouldNotContain('⟦');
            (await TextAsync(path, $"fr, {Tag};q=0.1")).ShouldContain('⟦');
            (await TextAsync(path, "fr, *;q=0.1")).ShouldNotContain('⟦');
            (await TextAsync(path, $"{Tag};q=0")).ShouldNotContain('⟦');
            foreach (var wrong in (string[])[";;q=", "en;q=2", "*;q=abc", "q", ", ,", $"{Tag}x", new string('a', 4_000)]) (await TextAsync(path, wrong)).ShouldNotContain('⟦');
        }

        foreach (var path in forMachines) (await TextAsync(path, Tag)).ShouldNotContain('⟦');

        async Task<string> TextAsync(string path, string languages)
        {
            using var http = new HttpClient { BaseAddress = tracker.Node.Address };
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept-Language", languages);
            using var response = await http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            if (pages.Contains(path)) response.Headers.Vary.ShouldContain("Accept-Language");
            return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>A page says of a text which language it is in, where it is not its own; and of none what nobody knows.</summary>
    [Fact]
    public async Task marks_what_is_of_another_language_and_nothing_else()
    {
        var tracker = await postgres.SharedAsync();
        var ledger = await (await tracker.OpenAgendaAsync()).WithTalksAsync();
        await ledger.RecordAsync("commitments/visit/clauses", new { party = "AA", source = "readout", quote = "双方同意", language = "zh-Hans", translation = "Оба согласны" });
        await using var visitor = await chromium.VisitAsync(tracker);
        visitor.Expected.UnionWith([400, 404]);

        foreach (var path in (string[])["commitments/visit", "divergence", "sources/readout"])
        {
            await visitor.OpenAsync($"/{ledger.Path}/{path}");
            (await visitor.Page.Locator("blockquote.wording").EvaluateAllAsync<string[]>("x => x.map(y => y.getAttribute('lang'))")).ShouldBe(["zh-Hans", ""], path);
            await visitor.ShouldBeAccessibleAsync(path);
        }

        foreach (var (path, language) in ((string, string?)[])[("/unsubscribe/nothing", null), ("/agendas/nowhere", "en"), ($"/{ledger.Path}?sort=colour", "en")])
        {
            await visitor.OpenAsync(path);
            (await visitor.Page.Locator(".refusal .lead").GetAttributeAsync("lang")).ShouldBe(language, path);
        }

        (await (await visitor.Page.APIRequest.PostAsync("/sign-out")).TextAsync()).ShouldContain("<p class=\"lead\">The form had been open for too long");
        visitor.ShouldBeQuiet();
    }

    private static async Task<Ledger> RecordAsync(TrackerUnderTest tracker)
    {
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName());
        var bundle = new
        {
            format = "tracker-bundle/1",
            agenda = new
            {
                slug = ledger.Slug,
                title = "Зустріч на Балі",
                parties = new[] { new { code = "AA", name = "Перша сторона" }, new { code = "BB", name = "Друга сторона" } },
                baseline = new { name = "Балі", place = "Балі", date = "2022-11-14" },
                milestones = new[] { new { slug = "m-1", name = "Весна", date = "2023-03-01" } },
            },
            sources = from issuer in (string[])["AA", "BB"]
                      select new { slug = $"readout-{issuer.ToLowerInvariant()}", kind = "readout", tier = "readout", issuer, title = "Повідомлення", publisher = "Прес-служба", publishedOn = "2022-11-14", language = "uk" },
            commitments = new object[]
            {
                new
                {
                    slug = "visit",
                    title = "Візит",
                    type = "deliverable",
                    madeOn = "2022-11-14",
                    dueOn = "2023-01-01",
                    parties = new[] { "AA", "BB" },
                    criteria = "Відбудеться",
                    tags = new[] { "зв’язок" },
                    clauses = new[] { new { party = "AA", source = "readout-aa", quote = "Сторони домовилися", language = "uk", translation = "Так", note = "Ні" } },
                },
                new { slug = "quiet", title = "Мовчання", type = "restraint", madeOn = "2022-11-14", parties = new[] { "AA" }, clauses = new[] { new { party = "AA", source = "readout-aa", quote = "Ні", language = "uk" } } },
                new { slug = "steady", title = "Розмова", type = "continuing", madeOn = "2022-11-14", parties = new[] { "BB" }, clauses = new[] { new { party = "BB", source = "readout-bb", quote = "Ні", language = "uk" } } },
            },
            activities = new[]
            {
                new
                {
                    slug = "talks",
                    kind = "meeting",
                    title = "Перемовини",
                    occurred = "2022-12-11/2022-12-12",
                    place = "Ланфан",
                    summary = "Зустрілися",
                    participants = from party in (string[])["AA", "BB"] select new { party, name = "Особа", role = "Голова" },
                    sources = new[] { "readout-aa" },
                    accounts = new[] { new { source = "readout-aa", quote = "Зустрілися", occurred = "2022-12-11", place = "Ланфан" }, new { source = "readout-bb", quote = "Бачилися", occurred = "2022-12", place = "Пекін" } },
                },
            },
            evidence = from coded in ((string Key, string Commitment, string Depth, string Direction, string State)[])
                           [("talks", "visit", "contact", "advances", "accepted"), ("no", "visit", "words", "reaffirms", "rejected"), ("more", "visit", "mechanism", "advances", "proposed"), ("back", "steady", "measure", "undercuts", "accepted"), ("then", "steady", "measure", "advances", "accepted")]
                       select new
                       {
                           key = $"e-{coded.Key}",
                           commitment = coded.Commitment,
                           activity = "talks",
                           depth = coded.Depth,
                           direction = coded.Direction,
                           parties = new[] { coded.Commitment == "steady" ? "BB" : "AA" },
                           rationale = "Бачилися",
                           citations = new[] { new { source = "readout-aa", quote = "Зустрілися" } },
                           state = coded.State,
                           coder = "Оля",
                           review = coded.State == "proposed" ? null : new { decision = coded.State == "accepted" ? "accept" : "reject", rationale = "Так", reviewer = "Іван" },
                       },
            searches = new[] { new { key = "s-1", commitment = "quiet", searchedThrough = "2023-01-31", places = new[] { "Бібліотека" } } },
        };
        (await tracker.Owner.PostAsync($"agendas/{ledger.Slug}/import", bundle)).Should(200);
        await ledger.RecordAsync("activities/talks/corrections", new { place = "Тяньцзінь", reason = "Так каже друга сторона" });
        await ledger.RecordAsync("reports", new { validAt = "2023-01-31" });
        await ledger.RecordAsync("schedules", new { slug = "s1", cron = "0 6 * * MON", timeZone = "UTC", formats = Array.Empty<string>(), deliver = Array.Empty<object>() });
        var last = await ledger.RecordAsync("commitments/visit/corrections", new { criteria = "Відбувся", reason = "Уточнено" });
        (await ledger.GetAsync(last.Position, "board")).Should(200);
        (await tracker.Owner.GetAsync($"agendas/{ledger.Slug}/changes?atLeast={last.Position}")).Should(200);
        return ledger;
    }

    private static string LeftOf(string text)
    {
        // The words of one language stand within each other's.
        while (Bracketed().Replace(text, "") is var less && less != text) text = less;
        return string.Join(' ', Word().Matches(text).Select(x => x.Value).Where(x => !Everywhere.Contains(x)));
    }

    [GeneratedRegex("⟦[^⟦⟧]*⟧")]
    private static partial Regex Bracketed();

    // Not within an address, an id or a name of the record.
    [GeneratedRegex(@"(?<![\w/.-])[A-Za-z][A-Za-z-]*(?![\w/])")]
    private static partial Regex Word();

    // What is read or read out: but not what is marked as another language's, nor what a machine is to copy.
    private const string EveryText = """
        () => {
          const own = document.documentElement.lang, texts = [document.title];
          const skipped = x => x.closest('script, style, code, pre, textarea[readonly], [lang]:not([lang="' + own + '"])');
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const wholes = new Set();
          while (walk.nextNode()) {
            const within = walk.currentNode.parentElement;
            if (!walk.currentNode.data.trim() || skipped(within)) continue;
            // A sentence in which words lead to their meaning is one text in parts.
            const whole = within.matches('.term') ? within.parentElement : within;
            if (![...whole.children].some(x => x.matches('.term'))) texts.push(walk.currentNode.data.trim());
            else if (!wholes.has(whole)) { wholes.add(whole); texts.push(whole.textContent.trim()); }
          }
          for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'aria-description'])
            for (const x of document.querySelectorAll('[' + name + ']')) if (!skipped(x)) texts.push(x.getAttribute(name));
          for (const x of document.querySelectorAll('*')) for (const a of x.attributes) if (a.name.startsWith('data-') && / /.test(a.value) && !a.value.includes('/')) texts.push(a.value);
          return texts;
        }
        """;

    private sealed class Bracketing : IInterceptor
    {
        private static readonly CultureInfo Ukrainian = CultureInfo.GetCultureInfo("uk-UA");

        public void Intercept(IInvocation invocation)
        {
            invocation.Proceed();
            invocation.ReturnValue = (invocation.Method.Name, invocation.ReturnValue) switch
            {
                ("get_Tag", _) => Tag,
                ("get_Culture", _) => Ukrainian,
                // A day's words are the culture's.
                (var name, string text) when DayMembers.Contains(name) => text,
                (_, string text) => $"⟦{text}⟧",
                var (_, other) => other,
            };
        }

        private static readonly HashSet<string> DayMembers =
            [.. typeof(Language).GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(x => x.GetParameters() is [var one, ..] && one.ParameterType == typeof(DateOnly)).Select(x => x.Name)];
    }
}
