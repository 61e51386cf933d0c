using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tracker.Hosting;

namespace Tracker.Specs.Hosting;

public sealed class logging_a_line
{
    [Theory]
    [InlineData("said\nfail: Tracker[0] forged", "said fail: Tracker[0] forged")]
    [InlineData("said\r\nfail: forged", "said fail: forged")]
    [InlineData("said\rfail: forged", "said fail: forged")]
    [InlineData("said\u2028forged", "said forged")]
    [InlineData("said\u0085forged", "said forged")]
    [InlineData("\u001b[2J\u0007gone", "\\u001b[2J\\u0007gone")]
    [InlineData("abc\u202edef\u200b", "abc\\u202edef\\u200b")]
    [InlineData("双方 Диалог 👍", "双方 Диалог 👍")]
    public void is_one_line_whatever_is_in_it(string message, string shown) =>
        Written(message, null).ShouldBe($"warn: Tracker.Some[7] {shown}\n");

    [Fact]
    public void has_the_exception_on_it_too()
    {
        var line = Written("Broken.", new InvalidOperationException("a\nfail: forged\u001b[0m"));

        line.ShouldBe("warn: Tracker.Some[7] Broken. System.InvalidOperationException: a fail: forged\\u001b[0m\n");
    }

    [Fact]
    public void names_the_trace_that_a_problem_names()
    {
        using var activity = new Activity("asked").Start();

        Written("Broken.", null).ShouldBe($"warn: Tracker.Some[7] Broken. ({activity.Id})\n");
    }

    [Fact]
    public void tells_of_a_database_that_is_away_once_a_minute_without_a_stack_trace_and_counts_the_rest()
    {
        var (clock, away) = (new FakeTimeProvider(), new InvalidOperationException("Wrapped.", new NpgsqlException("Nobody\nanswers.")));
        var line = new LogLine(clock);

        Written(line, "Cannot look.", away).ShouldBe("warn: Tracker.Some[7] Cannot look. The database is away: Nobody answers.\n");
        Written(line, "Cannot look either.", away).ShouldBeEmpty();
        Written(line, "Nor can I.", away, "Tracker.Other").ShouldBeEmpty();
        Written(line, "Broken.", null).ShouldBe("warn: Tracker.Some[7] Broken.\n");

        clock.Advance(TimeSpan.FromMinutes(1));
        Written(line, "Cannot look yet.", away).ShouldBe(
            "warn: Tracker.Some[7] Cannot look yet. The database is away: Nobody answers. (2 more like this were not logged since the last, from Tracker.Other, Tracker.Some)\n");

        clock.Advance(TimeSpan.FromMinutes(1));
        Written(line, "Nor now.", away).ShouldBe("warn: Tracker.Some[7] Nor now. The database is away: Nobody answers.\n");
    }

    [Fact]
    public void tells_each_thing_that_a_database_says_which_is_away()
    {
        var line = new LogLine(new FakeTimeProvider());
        Exception full = new PostgresException("sorry, too many clients already", "FATAL", "FATAL", "53300"), ended = new PostgresException("terminating connection", "FATAL", "FATAL", "57P01");

        Written(line, "Cannot look.", full).ShouldContain("too many clients");
        Written(line, "Cannot look.", ended).ShouldContain("terminating connection");
        Written(line, "Cannot look.", full).ShouldBeEmpty();
    }

    private static string Written(string message, Exception? exception) => Written(new LogLine(TimeProvider.System), message, exception);

    private static string Written(LogLine line, string message, Exception? exception, string category = "Tracker.Some")
    {
        using var text = new StringWriter();
        line.Write(new LogEntry<string>(LogLevel.Warning, category, new EventId(7), message, exception, (state, _) => state), null, text);
        return text.ToString();
    }
}
