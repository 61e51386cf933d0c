namespace Tracker.Dashboard.About;

/// <summary>Who runs this installation, as they say themselves in its settings; null for what they did not say. Each is plain text; one that is a web or mail address as a whole is shown as a link.</summary>
public sealed record OperatorSettings(string? Publisher, string? Contact, string? CorrectionsPolicy, string? DataLicence)
{
    public const string Section = "Tracker:About";

    public static OperatorSettings Of(IConfiguration configuration)
    {
        var about = configuration.GetSection(Section);
        return new(Said(nameof(Publisher)), Said(nameof(Contact)), Said(nameof(CorrectionsPolicy)), Said(nameof(DataLicence)));

        string? Said(string name) => about[name]?.Trim() is { Length: > 0 } said ? said : null;
    }
}
