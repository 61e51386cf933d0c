using System.Text;

namespace Tracker.Api.Tests.Fuzz;

/// <summary>What should not be sent, by where it may stand.</summary>
internal static class Hostile
{
    /// <summary>What a line in the log must never begin with.</summary>
    public const string Forged = "fail: Tracker[0] forged";

    private static readonly string Long = new('x', 20_001);

    /// <summary>Texts: of any meaning, or of none.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "\t", "\n", "\0", "a\0b", "\u0001\u001b[31m", "\u202egnp.exe", "\u200b", "\ufeff", "\u2028\u2029\u0085", "e\u0301\u0302\u0303\u0304", "👩‍👩‍👧‍👦", "𝕌𝕟𝕚", "İıſß", "\ufffd\uffff", "中文",
        $"x\r\n{Forged}", $"\n{Forged}\n", $"\u2028{Forged}", "null", "true", "NaN", "0", "-1", "1e999", "undefined", "[]", "{}", "{0}", "%s%n%x", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}",
        "'; drop table tracker.mt_events; --", "\\", "\"", "'", "`id`", "$(id)", "<script>alert(1)</script>", "<!--", "]]>", "=HYPERLINK(\"http://127.0.0.1\")", "@SUM(1)", "+1", "-1+1",
        "../../../../etc/passwd", "..\\..\\windows", "/etc/passwd", "C:\\", "CON", ".", "..", "a/b", "a?b", "a#b", "a:b", "A", "UPPER", "under_score", "-dash", "é", new string('a', 80), new string('a', 81),
        "2022-02-30", "2022-13", "2022-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "-2022", "2022-1-1", "20221114", "2022-11-14T00:00:00Z", "2023-01-01/2022-01-01", "2022-11-15/..", "../2022", "2022/2023/2024",
        "2022-11-15?", "2022-11-1X", "Y2022", "９９９９-01-01", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00", "2022-11-14T24:00:00Z", "2022-11-14T23:59:60Z", "2022-11-14t00:00:00z", "2022-11-14T00:00:00+99:99",
        "http://", "https://", "http:/x", "//host/x", "javascript:alert(1)", "file:///etc/passwd", "http://user:pw@127.0.0.1/", "http://[::1", "http://[::1]:0/", "http://169.254.169.254/latest", "http://a..b/", "http://" + new string('a', 3000), "http://x/\u202e", "http://\ud83d\ude00.example/",
        "*", "*/*", "* * * * *", "99 99 99 99 99", "UTC", "Europe/Nowhere", "en-", "zh-Hans-x-", new string('z', 300), "depth-ladder/9", "tracker-bundle/1", "AA", "US", "PRC", "trk_", "k-", "us-china-bali", "9223372036854775807", "9223372036854775808", "00000000-0000-0000-0000-000000000000",
        new string('\u0301', 2_000), string.Concat(Enumerable.Repeat("💥", 10_000)), Long,
    ];

    /// <summary>JSON values as they stand in a body: some are no JSON.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "1.5", "1e5", "1e999", "-1e-999", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", "00", "01", "+1", ".5", "1.", "0x10", "NaN", "Infinity",
        new string('9', 5_000), "1" + new string('0', 400), "0." + new string('1', 5_000), "[]", "{}", "[[]]", "[{}]", "[null]", "[null,null]", "{\"a\":null}", "{\"\":\"\"}", "[\"a\",\"a\"]", "[1]", "[\"\"]", "[true]",
        "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\\u0000\"", "\"\\x\"", "\"\\u12\"", "\"unterminated", "\"\u0001\"", "\"line\nbreak\"", "\"tab\tinside\"", "'single'", "undefined", "/*c*/1", "1 2", ",", "]", "}", "",
        "{\"__proto__\":{\"x\":1}}", "{\"$type\":\"System.Diagnostics.Process\"}", "{\"$ref\":\"#\"}", "{\"$id\":\"1\",\"$values\":[]}", "{\"a\":1,\"a\":2}", "{\"\\u0000\":1}", "{\"\\ud83d\":1}",
        Deep(20), Deep(33), Deep(64), Deep(1_000), Deep(50_000), DeepMembers(40), DeepMembers(20_000), new string('[', 5_000), "[" + string.Join(',', Enumerable.Repeat("1", 1_001)) + "]", "[" + string.Join(',', Enumerable.Repeat("\"x\"", 3_000)) + "]",
        "{" + string.Join(',', Enumerable.Range(0, 2_000).Select(x => $"\"m{x}\":{x}")) + "}",
    ];

    /// <summary>Parts of an address: already as they go over the wire.</summary>
    public static readonly string[] Steps =
    [
        "..", ".", "%2e%2e", "%2E%2e%2f", "..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5c", "%252e%252e", "%00", "a%00b", "%c0%ae%c0%ae", "%c0%af", "%ff", "%fe%ff", "%ed%a0%80", "%u0000", "%", "%2", "%zz", "%20", "+", "a%20b", "%0d%0aX-Forged:%201", "%0a" + "fail:%20Tracker[0]%20forged", "%e2%80%ae",
        "%f0%9f%92%a5", "a;x=y", ";", "a:batch", ":batch", "*", "{agenda}", "{a}", "'", "%22", "%27%20or%201=1--", "%3Cscript%3E", "A", "US-CHINA-BALI", "a_b", "-a", "null", "0", "-1", new('a', 81), new('a', 3_000), new('%', 50), "%25", "a.json", "a.csv", "~", "$", "!", "@", "1e9", "%ef%bb%bf", "", "%2f", "a%2fb", "a%3fb", "a%23b", "|", "[", "]", "^", "`",
    ];

    public static readonly string[] ContentTypes =
    [
        "", "text/plain", "text/html", "application/xml", "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "application/octet-stream", "application/json; charset=utf-16", "application/json; charset=nonsense", "application/json; charset=", "application/json;;;", "application/json;charset=utf-8;charset=utf-7",
        "APPLICATION/JSON", "application/problem+json", "application/vnd.api+json", "application/x-ndjson", "text/csv", "application/json, text/plain", "json", "*/*", "application/", "/json", "application/json\t", "application/json; x=\"", "application/" + new string('x', 2_000), "application/json; charset=utf-8", "text/json",
    ];

    public static readonly string[] Methods = ["PUT", "PATCH", "DELETE", "POST", "GET", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "post", "FOO", new('M', 300)];

    /// <summary>Headers that something listens to, or might.</summary>
    public static readonly string[] Headers =
    [
        "If-Match", "If-None-Match", "Idempotency-Key", "Accept", "Accept-Encoding", "Accept-Language", "Accept-Charset", "traceparent", "tracestate", "baggage", "Last-Event-ID", "Range", "If-Range", "If-Modified-Since", "If-Unmodified-Since", "Origin", "Referer", "Cookie", "Authorization", "Content-Encoding",
        "Content-Language", "Content-MD5", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-HTTP-Method-Override", "X-Original-URL", "Via", "Upgrade", "TE", "Expect", "Prefer", "User-Agent", "Cache-Control", "Pragma", "Access-Control-Request-Method", "Access-Control-Request-Headers", "HX-Request", "Sec-WebSocket-Key", "X-Request-Id", "Request-Id", "Correlation-Context",
    ];

    /// <summary>What a header may hold: bytes in Latin-1.</summary>
    public static readonly string[] HeaderValues =
    [
        "", " ", "*", "\"", "\"\"", "W/\"\"", "W/", "\"1\"", "\"1-0000000000000000\"", "W/\"1-0000000000000000\"", "\"9999999999999999999999-x\"", "\"-1-x\"", "\"1\",\"2\",*", "1", "\"a\" \"b\"", "\"\u00ff\"", ",,,,", "\"1\", ", "*, \"1\"", "\"1-", "null", "0", "-1", "9223372036854775808", "1.1", "99.0", "-1.-1", "18446744073709551616.99999999999", "1.99999999999",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-00000000000000000000000000000000-0000000000000000-00", "ff-x-y-z", "00-" + new string('f', 100), "text/html", "application/json;q=0", "*/*;q=0", "text/event-stream", "application/xml", "application/pdf", "text/html;q=x", "a/b;c=\"", ",,,;;;", "gzip, br;q=0, *;q=0", "identity;q=0", "br", "gzip",
        "bytes=0-0", "bytes=-1", "bytes=0-,0-,0-,0-", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "http://evil.example", "null", "Bearer", "Bearer ", "Bearer trk_x", "Bearer a.b.c", "Basic Og==", "Digest x", "100-continue", "100-nonsense", "websocket", "PUT", "POST", "\u00e9\u00ff\u0080", "\u0001", "\u007f", "a=b; c=d; =; ;", "${jndi:ldap://127.0.0.1/a}",
        new string('k', 200), new string('k', 201), new string('\"', 500), new string('a', 9_000), string.Join(',', Enumerable.Range(0, 1_500).Select(x => $"\"{x}\"")),
    ];

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    private static string DeepMembers(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);

    public static T Of<T>(this Random random, IReadOnlyList<T> some) => some[random.Next(some.Count)];

    /// <summary>A text as the query of an address holds it; sometimes as it should not.</summary>
    public static string Encoded(this Random random, string text) => random.Next(6) == 0
        ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text.Length > 2_000 ? text[..2_000] : text)).Replace(' ', '+').Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal).Replace("\0", "%00", StringComparison.Ordinal)
        : string.Concat(Encoding.UTF8.GetBytes(text.Length > 800 ? text[..800] : text).Select(x => char.IsAsciiLetterOrDigit((char)x) ? ((char)x).ToString() : $"%{x:X2}"));
}
