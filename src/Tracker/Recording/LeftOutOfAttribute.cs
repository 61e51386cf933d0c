namespace Tracker.Recording;

/// <summary>
/// Says that a member came later than a template of reports: reports issued by that one are made again without it, so that the contract cannot promise
/// it in every answer.
/// </summary>
/// <param name="template">The template, such as <c>report/1</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LeftOutOfAttribute(string template) : Attribute
{
    public const string Report1 = "report/1";

    public string Template { get; } = template;
}
