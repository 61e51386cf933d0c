using Tracker.Recording;

namespace Tracker.Dashboard.Desk;

/// <summary>A form that was sent to us. Of one that is too large nothing is read, and so nothing shown again.</summary>
internal static class SentForm
{
    /// <summary>Its fields, or why it cannot be read.</summary>
    /// <param name="limit">How many bytes it may have.</param>
    public static async Task<(IFormCollection? Form, Refusal? Refusal)> ReadAsync(HttpContext http, int limit = BodySizes.Form)
    {
        if (!http.Request.HasFormContentType) return (null, new Refusal(415, "unsupported-media-type", "This address takes a form."));
        // A browser is let finish, and so gets to see why.
        if (http.Request.ContentLength > limit) return (null, BodySizes.TooLarge(limit));
        if (http.Request.ContentLength is null) http.LimitBody(limit);
        try
        {
            return (await http.Request.ReadFormAsync(http.RequestAborted), null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, BodySizes.TooLarge(limit));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // Not of the form that it says, or it ended before it was whole.
            return (null, Refuse.Unreadable("The form cannot be read."));
        }
    }
}
