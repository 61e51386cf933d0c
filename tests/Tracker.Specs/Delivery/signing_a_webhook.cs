using System.Security.Cryptography;
using System.Text;
using Tracker.Delivery.Webhooks;

namespace Tracker.Specs.Delivery;

public sealed class signing_a_webhook
{
    // The example of the Standard Webhooks specification's own libraries.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Id = "msg_p5jXN8AQM9LWM0D4loKWxJek", Body = """{"test": 2432232314}""";
    private const long At = 1_614_265_330;

    [Fact]
    public void is_done_as_the_specification_has_it() =>
        SigningSecret.Parse(Secret)!.Sign(Id, At, Body).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Theory]
    [InlineData(24, true)]
    [InlineData(32, true)]
    [InlineData(64, true)]
    [InlineData(23, false)]
    [InlineData(65, false)]
    [InlineData(0, false)]
    public void takes_secrets_of_so_many_bytes(int bytes, bool taken) =>
        (SigningSecret.Parse("whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes))) is not null).ShouldBe(taken);

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8I LPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa--")]
    public void takes_no_other_text(string text) => SigningSecret.Parse(text).ShouldBeNull();

    [Fact]
    public void is_of_the_bytes_that_are_sent_whatever_the_language()
    {
        var secret = SigningSecret.Make();
        const string Body = "{\"title\":\"工作组 – рабочая группа\"}";

        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret.Text["whsec_".Length..]), Encoding.UTF8.GetBytes($"id.1.{Body}"));
        secret.Sign("id", 1, Body).ShouldBe("v1," + Convert.ToBase64String(expected));
        SigningSecret.Parse(secret.Text)!.Sign("id", 1, Body).ShouldBe(secret.Sign("id", 1, Body));
        secret.ToString().ShouldNotContain(secret.Text["whsec_".Length..]);
    }
}
