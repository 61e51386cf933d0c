using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Agendas;
using Tracker.Api.Tests.Harness;
using Tracker.Evidence;
using Tracker.Recording;

namespace Tracker.Api.Tests.Exchange;

/// <summary>Whom a bundle names as coder or reviewer becomes a principal without a login: the record keeps an opaque id, and what they are called is kept apart.</summary>
public sealed class naming_coders_in_a_bundle(PostgresUnderTest postgres)
{
    private const string Coder = "Ana of the Observatory", Reviewer = "Rui of the Observatory";

    [Fact]
    public async Task keeps_opaque_ids_in_the_record_and_gives_the_names_back_in_an_export()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        await using var other = await TrackerUnderTest.StartAsync(postgres);
        var (slug, bundle) = Named();
        (await tracker.Owner.PostAsync($"agendas/{slug}/import?dryRun=true", bundle)).Should(200);
        (await NamedAsync(tracker)).ShouldBe(0, "a dry run makes nobody");

        var imported = await ImportedAsync(tracker, slug, bundle);

        (await tracker.AskAsync<bool>("select exists (select from tracker.mt_events where data::text like '%Observatory%')")).ShouldBeFalse();
        var piece = (await tracker.Owner.GetAsync(imported.Position, $"agendas/{slug}/evidence/e-0")).Should(200);
        piece["coder"].ShouldStartWith("p-");
        piece.Json["review"]!["reviewer"]!.GetValue<string>().ShouldStartWith("p-");
        var export = (await tracker.Owner.GetAsync($"agendas/{slug}/export")).Should(200);
        var exported = export.Json["evidence"]![0]!;
        ((string)exported["coder"]!, (string)exported["review"]!["reviewer"]!).ShouldBe((Coder, Reviewer));
        (await tracker.Owner.GetAsync($"agendas/{slug}/export?format=csv&kind=evidence")).Text.ShouldContain(Coder);
        (await tracker.Public.GetAsync($"agendas/{slug}/export")).Text.ShouldNotContain("Observatory");

        (await ImportedAsync(tracker, slug, bundle)).Position.ShouldBe(imported.Position);
        (await ImportedAsync(tracker, slug, export.Json)).Position.ShouldBe(imported.Position);
        var there = await ImportedAsync(other, slug, export.Json);
        (await other.Owner.GetAsync(there.Position, $"agendas/{slug}/export")).Text.ShouldBe(export.Text);
    }

    [Fact]
    public async Task makes_one_of_the_same_name_in_two_bundles_whom_an_owner_can_say_somebody_is()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (first, bundle) = Named();
        var (second, another) = Named();
        another["evidence"]![0]!.AsObject().Remove("review");
        another["evidence"]![0]!["state"] = "proposed";
        await ImportedAsync(tracker, first, bundle);
        var imported = await ImportedAsync(tracker, second, another);

        async Task<string> CoderOfAsync(string agenda) => (await tracker.Owner.GetAsync(1, $"agendas/{agenda}/evidence/e-0")).Should(200)["coder"];
        var id = await CoderOfAsync(first);
        (await CoderOfAsync(second)).ShouldBe(id);
        (await NamedAsync(tracker)).ShouldBe(2);
        var principal = (await tracker.Owner.GetAsync($"principals/{id}")).Should(200);
        (principal["name"], principal.Json["identities"]!.AsArray().Count).ShouldBe((Coder, 0));

        var ana = await tracker.AsAsync("ana", Role.Reviewer);
        (await tracker.Owner.PostAsync($"principals/{await tracker.PrincipalOfAsync("ana")}/identities", new { issuer = "bundle", subject = Coder })).Should(200);
        (await ana.PostAsync($"agendas/{second}/evidence/e-0/review", Given.Review())).ShouldRefuse(422, "own-evidence");
        (await tracker.Owner.GetAsync(imported.Position, $"agendas/{second}/export")).Json["evidence"]![0]!["coder"]!.GetValue<string>().ShouldBe(Coder);
    }

    [Fact]
    public async Task has_them_forgotten_as_anybody()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (slug, bundle) = Named();
        var imported = await ImportedAsync(tracker, slug, bundle);
        var before = (await tracker.Owner.GetAsync(imported.Position, $"agendas/{slug}/export")).Should(200);
        var id = (await tracker.Owner.GetAsync($"agendas/{slug}/evidence/e-0"))["coder"];

        (await tracker.Owner.PostAsync($"principals/{id}/forgetting", new { })).Should(204);

        var after = (await tracker.Owner.GetAsync($"agendas/{slug}/export", ("If-None-Match", before.ETag!))).Should(200);
        ((string)after.Json["evidence"]![0]!["coder"]!, (string)after.Json["evidence"]![0]!["review"]!["reviewer"]!).ShouldBe((id, Reviewer));
        foreach (var table in await tracker.AskAsync<string[]>("select array_agg(quote_ident(schemaname) || '.' || quote_ident(tablename)) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
            (await tracker.AskAsync<bool>($"select exists (select from {table} t where t::text like $1)", $"%{Coder}%")).ShouldBeFalse(table);
    }

    [Fact]
    public async Task takes_a_bundle_for_unchanged_whose_names_stand_in_the_record_from_before_there_were_ids()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (slug, bundle) = Named();
        var evidence = bundle["evidence"]!.DeepClone();
        bundle["evidence"] = new JsonArray();
        await ImportedAsync(tracker, slug, bundle);
        var (answer, _) = await tracker.Node.Services.GetRequiredService<Recorder>().RecordAsync(new Attempt(
            slug, Opens: false, new Caller("p-of-old", [new Grant(Role.Owner, null)]), [],
            (_, _) => ValueTask.FromResult<Decided>(new HappenedOnMany([new StreamEvents(StreamKey.Of<Tracker.Evidence.Evidence>(slug, "e-0"),
                [new EvidenceProposed("visit", "act-0", Depth.Contact, Direction.Advances, ["AA"], "They met.", [], Coder), new EvidenceAccepted("So it is.", Reviewer)], Starts: true)], () => "")),
            StreamKey.ForAgenda(slug), recorded => new Answer(200, "", null, recorded.Position, [])), default);

        bundle["evidence"] = evidence;
        (await ImportedAsync(tracker, slug, bundle)).Position.ShouldBe(answer!.Position!.Value);
        var (another, later) = Named();
        await ImportedAsync(tracker, another, later);
        (await ImportedAsync(tracker, slug, bundle)).Position.ShouldBe(answer.Position.Value, "also where somebody is known by that name since");
        (await tracker.Owner.GetAsync($"agendas/{slug}/export")).Json["evidence"]![0]!["coder"]!.GetValue<string>().ShouldBe(Coder);
    }

    [Fact]
    public async Task says_in_a_history_that_a_review_which_a_bundle_names_was_elsewhere()
    {
        await using var tracker = await TrackerUnderTest.StartAsync(postgres);
        var (slug, bundle) = Named();
        var imported = await ImportedAsync(tracker, slug, bundle);

        var history = (await tracker.Owner.GetAsync(imported.Position, $"agendas/{slug}/commitments/visit/history")).Should(200).Json["items"]!.AsArray();

        ((string)history.Single(x => (string)x!["event"]! == "evidence_accepted")!["text"]!).ShouldEndWith(" was accepted elsewhere, as the imported file says.");
    }

    private static (string Slug, JsonObject Bundle) Named()
    {
        var slug = TrackerUnderTest.NewName();
        var bundle = Bundles.Of(slug);
        bundle["evidence"]![0]!["coder"] = Coder;
        bundle["evidence"]![0]!["review"]!["reviewer"] = Reviewer;
        return (slug, bundle);
    }

    private static async Task<Reply> ImportedAsync(TrackerUnderTest tracker, string slug, JsonNode bundle)
    {
        var imported = (await tracker.Owner.PostAsync($"agendas/{slug}/import", bundle)).Should(200);
        return imported;
    }

    private static Task<long> NamedAsync(TrackerUnderTest tracker) => tracker.AskAsync<long>("select count(*) from tracker.principal where issuer = 'bundle'");
}
