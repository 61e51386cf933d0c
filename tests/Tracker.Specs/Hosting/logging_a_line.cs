using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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

    private static string Written(string message, Exception? exception)
    {
        using var text = new StringWriter();
        new LogLine().Write(new LogEntry<string>(LogLevel.Warning, "Tracker.Some", new EventId(7), message, exception, (state, _) => state), null, text);
        return text.ToString();
    }
}
