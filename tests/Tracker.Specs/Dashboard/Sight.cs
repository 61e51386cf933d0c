using System.Globalization;

namespace Tracker.Specs.Dashboard;

/// <summary>
/// How colours look and how far apart they are. Vision: the matrices of Machado, Oliveira and Fernandes (2009) for the full deficiency, in linear light.
/// Difference: CIEDE2000 (ISO/CIE 11664-6), D65. Contrast: WCAG 2.
/// </summary>
internal static class Sight
{
    public static IReadOnlyDictionary<string, double[]> Visions { get; } = new Dictionary<string, double[]>
    {
        ["all colours"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    /// <summary>How far apart two colours are for whoever sees them least apart, and who that is.</summary>
    public static (double Difference, string By) LeastDifference(string one, string other) =>
        Visions.Select(x => (Difference: Difference(Lab(one, x.Value), Lab(other, x.Value)), By: x.Key)).Min();

    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Lightness, and the two opponent axes, as somebody sees the colour.</summary>
    public static (double L, double A, double B) Lab(string colour, double[] vision)
    {
        var light = Linear(colour);
        double Seen(int row) => Math.Clamp((vision[3 * row] * light[0]) + (vision[(3 * row) + 1] * light[1]) + (vision[(3 * row) + 2] * light[2]), 0, 1);
        var (r, g, b) = (Seen(0), Seen(1), Seen(2));
        var x = F(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / 0.95047);
        var y = F((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        var z = F(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));

        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
    }

    /// <summary>ΔE2000 of two colours in CIELAB.</summary>
    public static double Difference((double L, double A, double B) one, (double L, double A, double B) other)
    {
        var meanChroma = (Math.Sqrt((one.A * one.A) + (one.B * one.B)) + Math.Sqrt((other.A * other.A) + (other.B * other.B))) / 2;
        var greyness = 0.5 * (1 - Math.Sqrt(Math.Pow(meanChroma, 7) / (Math.Pow(meanChroma, 7) + Math.Pow(25, 7))));
        var (a1, a2) = (one.A * (1 + greyness), other.A * (1 + greyness));
        var (c1, c2) = (Math.Sqrt((a1 * a1) + (one.B * one.B)), Math.Sqrt((a2 * a2) + (other.B * other.B)));
        var (h1, h2) = (Hue(a1, one.B), Hue(a2, other.B));
        var grey = c1 * c2 == 0;
        var turn = grey ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
        var (dL, dC, dH) = (other.L - one.L, c2 - c1, 2 * Math.Sqrt(c1 * c2) * Sin(turn / 2));
        var (l, c) = ((one.L + other.L) / 2, (c1 + c2) / 2);
        var h = grey ? h1 + h2 : Math.Abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
        var t = 1 - (0.17 * Cos(h - 30)) + (0.24 * Cos(2 * h)) + (0.32 * Cos((3 * h) + 6)) - (0.20 * Cos((4 * h) - 63));
        var (sL, sC, sH) = (1 + (0.015 * Math.Pow(l - 50, 2) / Math.Sqrt(20 + Math.Pow(l - 50, 2))), 1 + (0.045 * c), 1 + (0.015 * c * t));
        var rotation = -Sin(60 * Math.Exp(-Math.Pow((h - 275) / 25, 2))) * 2 * Math.Sqrt(Math.Pow(c, 7) / (Math.Pow(c, 7) + Math.Pow(25, 7)));
        return Math.Sqrt(Math.Pow(dL / sL, 2) + Math.Pow(dC / sC, 2) + Math.Pow(dH / sH, 2) + (rotation * (dC / sC) * (dH / sH)));
    }

    /// <summary>The hue of a colour in CIELAB, in degrees from 0 to 360.</summary>
    public static double HueOf(string colour) => Lab(colour, Visions["all colours"]) is var lab ? Hue(lab.A, lab.B) : 0;

    public static double LightnessOf(string colour) => Lab(colour, Visions["all colours"]).L;

    private static double Hue(double a, double b) => ((Math.Atan2(b, a) * 180 / Math.PI) + 360) % 360;

    private static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);

    private static double Luminance(string colour) => Linear(colour) is [var r, var g, var b] ? (0.2126 * r) + (0.7152 * g) + (0.0722 * b) : 0;

    private static double[] Linear(string colour) =>
    [
        .. new[] { 1, 3, 5 }.Select(x => int.Parse(colour.AsSpan(x, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(x => x <= 0.04045 ? x / 12.92 : Math.Pow((x + 0.055) / 1.055, 2.4)),
    ];
}
