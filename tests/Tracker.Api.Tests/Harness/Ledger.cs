using Tracker.Recording;

namespace Tracker.Api.Tests.Harness;

/// <summary>One agenda of a tracker, and those who write on it.</summary>
public sealed class Ledger(TrackerUnderTest tracker, string slug)
{
    public TrackerUnderTest Tracker { get; } = tracker;

    public string Slug { get; } = slug;

    public string Path => $"agendas/{Slug}";

    public Client Owner => Tracker.Owner;

    public Task<Client> CoderAsync(string name = "ana") => Tracker.AsAsync(name, Role.Coder);

    public Task<Client> ReviewerAsync(string name = "rui") => Tracker.AsAsync(name, Role.Reviewer);

    /// <summary>Sends a command as the owner, and sees it recorded: what waits for a second person, Rui accepts.</summary>
    public async Task<Reply> RecordAsync(string to, object command)
    {
        var reply = await Owner.PostAsync($"{Path}/{to}", command);
        return Succeeded((int)reply.Status == 202 ? await AcceptAsync(reply) : reply);
    }

    /// <summary>Rui accepts what waits.</summary>
    public async Task<Reply> AcceptAsync(Reply waits) => await (await ReviewerAsync()).PostAsync($"{waits.Should(202).Location}/acceptance", new { });

    public Task<Reply> SourceAsync(string name = "readout") => RecordAsync("sources", Given.Source(name));

    public Task<Reply> CommitmentAsync(string name = "visit", string type = "deliverable", string? dueOn = null) =>
        RecordAsync("commitments", Given.Commitment(name, type, dueOn));

    public Task<Reply> ActivityAsync(string name = "talks", string occurred = "2022-12-11/2022-12-12") => RecordAsync("activities", Given.Activity(name, occurred));

    /// <summary>A source, a commitment and an activity: what evidence needs.</summary>
    public async Task<Ledger> WithTalksAsync()
    {
        await SourceAsync();
        await CommitmentAsync();
        await ActivityAsync();
        return this;
    }

    /// <summary>An agenda of three parties with one commitment of all of them, reviewed by nobody, with a source and an activity.</summary>
    public static async Task<Ledger> OfThreeAsync(TrackerUnderTest tracker, string type = "deliverable", string? dueOn = null)
    {
        var ledger = new Ledger(tracker, TrackerUnderTest.NewName());
        Succeeded(await tracker.Owner.PostAsync("agendas", Given.Agenda(ledger.Slug, "none").With("parties", """[{"code":"AA","name":"Alfa"},{"code":"BB","name":"Bravo"},{"code":"CC","name":"Charlie"}]""")));
        await ledger.SourceAsync();
        await ledger.RecordAsync("commitments", Given.Commitment(type: type, dueOn: dueOn).With("parties", """["AA","BB","CC"]"""));
        await ledger.ActivityAsync();
        return ledger;
    }

    /// <summary>Evidence coded by Ana and accepted by Rui.</summary>
    public async Task<Reply> AcceptedAsync(string key, string activity = "talks", string depth = "contact", string direction = "advances", string commitment = "visit")
    {
        Succeeded(await (await CoderAsync()).PostAsync($"{Path}/commitments/{commitment}/evidence", Given.Evidence(key, activity, depth, direction)));
        return Succeeded(await (await ReviewerAsync()).PostAsync($"{Path}/evidence/{key}/review", Given.Review()));
    }

    /// <summary>Reads as the public.</summary>
    public Task<Reply> GetAsync(string what, params (string Name, string Value)[] headers) => Tracker.Public.GetAsync(what.Length == 0 ? Path : $"{Path}/{what}", headers);

    public Task<Reply> GetAsync(long atLeast, string what, params (string Name, string Value)[] headers) =>
        Tracker.Public.GetAsync(atLeast, what.Length == 0 ? Path : $"{Path}/{what}", headers);

    /// <summary>What readers and calendars know its things by.</summary>
    public async Task<string> UrnAsync() =>
        $"urn:tracker:{Slug}:{await Tracker.AskAsync<Guid>("select id from tracker.mt_events where stream_id = $1 and version = 1", $"{Slug}/agenda"):N}";

    public Task<IReadOnlyList<StoredEvent>> EventsAsync() => Tracker.EventsAsync(Slug);

    /// <summary>The line's last position.</summary>
    public Task<long> PositionAsync() => Tracker.AskAsync<long>("select position from tracker.agenda_line where agenda = $1", Slug);

    /// <summary>Sees that an attempt leaves nothing behind: no event, no position, no key kept for repeats.</summary>
    public async Task<Reply> LeavesNothingAsync(Func<Task<Reply>> attempt)
    {
        var before = (await PositionAsync(), await CountAsync(), await KeptAsync());
        var reply = await attempt();
        (await PositionAsync(), await CountAsync(), await KeptAsync()).ShouldBe(before, $"{(int)reply.Status} {reply.Text}");
        return reply;
    }

    private Task<long> CountAsync() => Tracker.AskAsync<long>("select count(*) from tracker.mt_events where stream_id like $1 || '/%'", Slug);

    private Task<long> KeptAsync() => Tracker.AskAsync<long>("select count(*) from tracker.repeated_command where route like '%/' || $1 || '/%'", Slug);

    private static Reply Succeeded(Reply reply)
    {
        ((int)reply.Status).ShouldBeInRange(200, 201, reply.Text);
        return reply;
    }
}
