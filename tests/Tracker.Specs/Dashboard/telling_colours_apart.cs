using System.Text.RegularExpressions;
using Tracker.Prose;
using Tracker.Recording;
using Tracker.Reports.Paper;
using Tracker.Specs.House;
using Tracker.Status;

namespace Tracker.Specs.Dashboard;

/// <summary>What colour says, everybody must be able to read: with all colours, without red, without green, without blue, on light and on dark.</summary>
public sealed partial class telling_colours_apart
{
    private const double Apart = 15;

    public static TheoryData<string> Schemes => ["light", "dark"];

    [Theory, MemberData(nameof(Schemes))]
    public void of_any_two_areas_is_possible_by_their_hatch_or_by_colour_for_everybody(string scheme)
    {
        var palette = Of(scheme);
        var alike = from one in StatusWords.InOrder
                    from other in StatusWords.InOrder
                    where one < other && palette.Of(one).Hatch == palette.Of(other).Hatch
                    let least = Sight.LeastDifference(palette.Of(one).Fill, palette.Of(other).Fill)
                    where least.Difference < Apart
                    select $"{one} and {other}: {least.Difference:0.0} under {least.By}";

        alike.ShouldBeEmpty();
    }

    /// <summary>A hatch that cannot be seen tells nothing apart.</summary>
    [Theory, MemberData(nameof(Schemes))]
    public void counts_a_hatch_only_where_its_lines_are_seen_by_everybody(string scheme)
    {
        foreach (var status in StatusWords.InOrder)
        {
            var colours = Of(scheme).Of(status);
            (colours.Stripe is null).ShouldBe(colours.Hatch is Hatch.None, status.ToString());
            if (colours.Stripe is not null) Sight.LeastDifference(colours.Fill, colours.Stripe).Difference.ShouldBeGreaterThanOrEqualTo(Apart, status.ToString());
        }
    }

    [Theory, MemberData(nameof(Schemes))]
    public void leaves_every_word_readable_on_whatever_it_may_stand(string scheme)
    {
        var palette = Of(scheme);
        foreach (var status in StatusWords.InOrder)
        {
            var colours = palette.Of(status);
            foreach (var ground in palette.Grounds) Sight.Contrast(colours.Ink, ground).ShouldBeGreaterThanOrEqualTo(4.5, $"{status} on {ground}");
            Sight.Contrast(colours.On, colours.Fill).ShouldBeGreaterThanOrEqualTo(4.5, $"on {status}");
            if (colours.Stripe is { } stripe) Sight.Contrast(colours.On, stripe).ShouldBeGreaterThanOrEqualTo(4.5, $"on the lines of {status}");
        }
    }

    [Theory, MemberData(nameof(Schemes))]
    public void shows_what_falls_short_of_concrete_action_in_one_hue_that_fades(string scheme)
    {
        CommitmentStatus[] fading = [CommitmentStatus.Partial, CommitmentStatus.DialogueOnly, CommitmentStatus.WordsOnly];
        var palette = Of(scheme);
        var ground = Sight.LightnessOf(palette.Of(CommitmentStatus.NotYetRated).Fill);
        var hues = fading.Select(x => Sight.HueOf(palette.Of(x).Fill)).ToArray();

        (hues.Max() - hues.Min()).ShouldBeLessThan(25);
        fading.Select(x => Math.Abs(Sight.LightnessOf(palette.Of(x).Fill) - ground)).ShouldBeInOrder(SortDirection.Descending);
        foreach (var concrete in StatusWords.InOrder.Where(x => x < CommitmentStatus.Partial))
            hues.Select(x => Math.Abs(((x - Sight.HueOf(palette.Of(concrete).Fill) + 540) % 360) - 180)).Min().ShouldBeGreaterThan(45, concrete.ToString());
    }

    [Theory, MemberData(nameof(Schemes))]
    public void leaves_blank_what_nobody_looked_at_and_hatches_what_was_looked_for_in_vain(string scheme)
    {
        var palette = Of(scheme);
        var (blank, searched) = (palette.Of(CommitmentStatus.NotYetRated), palette.Of(CommitmentStatus.NoneFound));

        blank.Fill.ShouldBeOneOf([.. palette.Grounds]);
        searched.Fill.ShouldBe(blank.Fill);
        (blank.Hatch, searched.Hatch).ShouldBe((Hatch.None, Hatch.Slanted));
        StatusWords.InOrder.Where(x => palette.Of(x).Outlined).ShouldBe([CommitmentStatus.NoneFound, CommitmentStatus.NotYetRated]);
        foreach (var ground in palette.Grounds) Sight.Contrast(palette.Outline, ground).ShouldBeGreaterThanOrEqualTo(3, ground);
    }

    [Theory, MemberData(nameof(Schemes))]
    public void of_accounts_is_possible_too(string scheme)
    {
        var palette = Of(scheme);
        var areas = palette.Accounts.Select(x => (Name: x.Name, Fill: x.Fill)).Append((Name: "none", Fill: palette.Of(CommitmentStatus.NotYetRated).Fill)).ToArray();

        areas.SelectMany((one, i) => areas.Skip(i + 1).Select(other => (one.Name, Other: other.Name, Sight.LeastDifference(one.Fill, other.Fill).Difference))).Where(x => x.Difference < Apart).ShouldBeEmpty();
        foreach (var (name, fill, on) in palette.Accounts) Sight.Contrast(fill, on).ShouldBeGreaterThanOrEqualTo(4.5, name);
    }

    [Fact]
    public void is_helped_by_a_shape_that_no_other_status_has()
    {
        StatusWords.InOrder.Select(x => string.Join(' ', StatusShapes.Of(x))).ShouldBeUnique();
        StatusWords.InOrder.Where(x => Palette.Light.Of(x).Hatch != Palette.Dark.Of(x).Hatch || Palette.Light.Of(x).Outlined != Palette.Dark.Of(x).Outlined).ShouldBeEmpty("a scheme changes colours, never hatches");
    }

    [Fact]
    public void is_so_in_the_style_sheet_of_pages_which_has_the_colours_of_the_palette()
    {
        var sheet = File.ReadAllText(Path.Combine(TheHouse.Source.FullName, "wwwroot", "tracker.css"));
        var dark = sheet.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal);
        foreach (var (palette, part) in ((Palette, string)[])[(Palette.Light, sheet[..dark]), (Palette.Dark, sheet[dark..])])
        {
            Squeezed(part).ShouldContain(Squeezed(palette.Css()), customMessage: $"tracker.css must say:\n{palette.Css()}");
            foreach (var (name, ground) in new[] { "paper", "card", "faint", "notice" }.Zip(palette.Grounds)) part.ShouldContain($"--{name}: {ground};");
        }

        // Said once for each scheme, and nowhere taken back.
        foreach (var name in StatusWords.InOrder.Select(x => Words.Text(x)))
            foreach (var property in (string[])[$"--{name}:", $"--fill-{name}:", $"--on-{name}:"]) Regex.Count(sheet, Regex.Escape(property)).ShouldBe(2, property);
        foreach (var status in StatusWords.InOrder)
        {
            var rule = Regex.Match(sheet, $@"^\.{StatusWords.ClassOf(status)} \{{.*\}}$", RegexOptions.Multiline).Value;
            var angle = Palette.Light.Of(status).Hatch switch { Hatch.Slanted => "repeating-linear-gradient(135deg", Hatch.Upright => "repeating-linear-gradient(90deg", _ => "--hatch: none" };
            rule.ShouldContain(angle, customMessage: status.ToString());
            rule.ShouldContain(Palette.Light.Of(status).Outlined ? "--edge: var(--outline)" : "--edge: transparent");
        }
    }

    [Fact]
    public void is_so_in_files_of_reports_which_take_theirs_from_the_palette()
    {
        HtmlFormat.Style.ShouldContain(Palette.Light.Css());
        HtmlFormat.Style.ShouldContain(Palette.Dark.Css());
        HtmlFormat.Style.Count(x => x == '{').ShouldBe(HtmlFormat.Style.Count(x => x == '}'));
        HtmlFormat.ContentSecurityPolicy.ShouldContain(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(HtmlFormat.Style))));
    }

    [Fact]
    public void needs_no_second_place_where_a_colour_of_a_status_is_written_down()
    {
        var colours = new[] { Palette.Light, Palette.Dark }.SelectMany(x => x.Statuses.Values).SelectMany(x => new[] { x.Ink, x.Fill, x.Stripe })
            .Where(x => x is not null && !Palette.Light.Grounds.Contains(x) && !Palette.Dark.Grounds.Contains(x)).Distinct().ToArray();
        var elsewhere = TheHouse.Source.EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(x => x.Extension is ".cs" or ".razor" && x.Name != "Palette.cs" && !x.FullName.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => HexColour().Matches(File.ReadAllText(file.FullName)).Select(x => x.Value).Where(colours.Contains).Select(x => $"{file.Name}: {x}"));

        elsewhere.ShouldBeEmpty();
    }

    [Theory, InlineData(Hatch.Slanted), InlineData(Hatch.Upright)]
    public void by_a_hatch_draws_within_the_area_and_across_all_of_it(Hatch hatch)
    {
        var (path, thick) = Hatching.Lines(hatch, 10, 20, 60, 8);
        using var drawn = SkiaSharp.SKPath.ParseSvgPathData(path);

        drawn.TightBounds.Left.ShouldBeInRange(10, 16);
        drawn.TightBounds.Right.ShouldBeInRange(64, 70);
        (drawn.TightBounds.Top, drawn.TightBounds.Bottom).ShouldBe((20, 28));
        thick.ShouldBeInRange(1, 3);
        Hatching.Lines(Hatch.None, 10, 20, 60, 8).Path.ShouldBeEmpty();
    }

    /// <summary>The measure itself, against pairs of the published test data (Sharma, Wu, Dalal 2005).</summary>
    [Theory, InlineData(50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425), InlineData(50, -1, 2, 50, 0, 0, 2.3669),
     InlineData(22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373), InlineData(2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082)]
    public void is_measured_rightly(double l1, double a1, double b1, double l2, double a2, double b2, double expected) =>
        Sight.Difference((l1, a1, b1), (l2, a2, b2)).ShouldBe(expected, 0.0001);

    private static Palette Of(string scheme) => scheme == "light" ? Palette.Light : Palette.Dark;

    private static string Squeezed(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("#[0-9a-f]{6}")]
    private static partial Regex HexColour();
}
