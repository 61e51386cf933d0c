using System.Text;
using Microsoft.AspNetCore.Http;
using Tracker.Recording;

namespace Tracker.Specs.Recording;

public sealed class measuring_a_body
{
    [Theory]
    [InlineData(StatusCodes.Status400BadRequest, false)]
    [InlineData(StatusCodes.Status413PayloadTooLarge, true)]
    public async Task ends_where_the_client_breaks_off_and_says_so(int status, bool isTooLarge)
    {
        await using var body = new MeasuredBody(new Broken(status), limit: 100, digest: null);
        using var taken = new MemoryStream();

        await body.CopyToAsync(taken, TestContext.Current.CancellationToken);

        Encoding.ASCII.GetString(taken.ToArray()).ShouldBe("as far");
        (body.IsTooLarge, body.IsBroken).ShouldBe((isTooLarge, !isTooLarge));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(5, true)]
    public async Task ends_where_more_would_be_too_large(int limit, bool isTooLarge)
    {
        await using var body = new MeasuredBody(new MemoryStream("as far"u8.ToArray()), limit, digest: null);
        await body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        (body.IsTooLarge, body.IsBroken).ShouldBe((isTooLarge, false));
    }

    /// <summary>What a server reads of a client that goes in the middle.</summary>
    private sealed class Broken(int status) : MemoryStream("as far"u8.ToArray())
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new BadHttpRequestException("Unexpected end of request content.", status);
    }
}
