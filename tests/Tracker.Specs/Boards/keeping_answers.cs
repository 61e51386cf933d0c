using System.Text;
using Microsoft.Extensions.Configuration;
using Tracker.Boards;
using Tracker.Boards.Known;
using Tracker.Recording;

namespace Tracker.Specs.Boards;

/// <summary>A finished answer is made once, and given for the same question alone.</summary>
public sealed class keeping_answers
{
    private static readonly AnswerKey Key = new("board", new Moment("bali", 2, DateTimeOffset.UnixEpoch), new DateOnly(2023, 1, 31), null, IsAsKnownThen: false);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static KeptAnswer Answer(string text) => new(Encoding.UTF8.GetBytes(text), 2);

    private static KeptAnswers Answers(int megabytes = 1) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(KeptAnswers.Setting, (string?)$"{megabytes}")]).Build());

    [Fact]
    public async Task makes_it_once_for_all_who_ask_meanwhile_and_after()
    {
        var answers = Answers();
        var (made, finish) = (0, new TaskCompletionSource<KeptAnswer?>());
        Task<KeptAnswer?> AskAsync() => answers.GetAsync(Key, () => { made++; return finish.Task; }, Ct);
        var asked = new[] { AskAsync(), AskAsync() };
        finish.SetResult(Answer("board"));

        (await Task.WhenAll(asked)).Distinct().Count().ShouldBe(1);
        (await AskAsync()).ShouldBe(await asked[0]);
        made.ShouldBe(1);
    }

    public static TheoryData<AnswerKey> Others =>
    [
        Key with { Moment = Key.Moment with { Position = 3 } }, Key with { Moment = Key.Moment with { Texts = new TextVersion(2, 0) } }, Key with { Moment = Key.Moment with { Texts = new TextVersion(0, 1) } }, Key with { Moment = Key.Moment with { Agenda = "other" } },
        Key with { Moment = Key.Moment with { RecordedAt = DateTimeOffset.MaxValue } }, Key with { ValidAt = new DateOnly(2023, 2, 1) },
        Key with { What = "timeline" }, Key with { Since = Since.Parse("2022-12-01") }, Key with { Since = Since.Parse("woodside") }, Key with { IsAsKnownThen = true },
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task gives_it_to_no_other_question(AnswerKey other)
    {
        var answers = Answers();
        await answers.GetAsync(Key, () => Task.FromResult<KeptAnswer?>(Answer("one")), Ct);
        (await answers.GetAsync(other, () => Task.FromResult<KeptAnswer?>(Answer("other")), Ct))!.Body.ShouldBe(Encoding.UTF8.GetBytes("other"));
    }

    [Fact]
    public async Task keeps_neither_a_failure_nor_what_answers_another_question()
    {
        var answers = Answers();
        await Should.ThrowAsync<TimeoutException>(answers.GetAsync(Key, () => Task.FromException<KeptAnswer?>(new TimeoutException()), Ct));
        (await answers.GetAsync(Key, () => Task.FromResult<KeptAnswer?>(null), Ct)).ShouldBeNull();
        await answers.GetAsync(Key, () => Task.FromResult<KeptAnswer?>(Answer("later") with { IsOf = false }), Ct);
        (await answers.GetAsync(Key, () => Task.FromResult<KeptAnswer?>(Answer("right")), Ct))!.Body.ShouldBe(Encoding.UTF8.GetBytes("right"));
    }

    [Fact]
    public async Task forgets_what_was_not_asked_for_longest_where_there_is_no_room()
    {
        var answers = Answers();
        var made = new List<int>();
        Task<KeptAnswer?> AskAsync(int day) => answers.GetAsync(Key with { ValidAt = new DateOnly(2023, 1, day) }, () => { made.Add(day); return Task.FromResult<KeptAnswer?>(Answer(new string('x', 300 * 1024))); }, Ct);
        foreach (var day in (int[])[1, 2, 1, 3, 1, 2]) await AskAsync(day);
        made.ShouldBe([1, 2, 3, 2]);
    }

    [Fact]
    public void encodes_it_once()
    {
        var (answer, times) = (Answer("board"), 0);
        Stream Encode(Stream to) { times++; return new System.IO.Compression.GZipStream(to, System.IO.Compression.CompressionMode.Compress); }
        answer.Encoded("gzip", Encode).ShouldBeSameAs(answer.Encoded("gzip", Encode));
        times.ShouldBe(1);
    }
}
