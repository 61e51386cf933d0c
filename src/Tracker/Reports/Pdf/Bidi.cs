using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Tracker.Languages;

namespace Tracker.Reports.Pdf;

/// <summary>
/// In which direction each character of a text runs (Unicode Standard Annex 9): ICU says so, which .NET itself needs on every machine. Levels are even from left
/// to right, odd from right to left; a number within Arabic has a level of its own.
/// </summary>
/// <param name="Levels">The level of each UTF-16 unit.</param>
/// <param name="Base">The level of the paragraph that each unit is in.</param>
internal sealed record Bidi(byte[] Levels, byte[] Base)
{
    /// <summary>Stands in a text for what is not text: a status's shape, the mark of a note.</summary>
    public const char Thing = '\uFFFC';

    private const byte LeftToRightUnlessItBeginsOtherwise = 0xFE;

    private static readonly Lazy<Icu?> Library = new(Icu.Find);

    /// <summary>Whether this machine can put right-to-left text in order. Where it cannot, such text is not set at all: backwards it would say something else.</summary>
    public static bool CanOrder => Library.Value is not null;

    /// <summary>The directions in a text, whose lines are paragraphs; null where all of it runs from left to right.</summary>
    public static Bidi? Of(string text)
    {
        if (!text.Any(RightToLeft.Is) || Library.Value is not { } icu) return null;
        var bidi = new Bidi(new byte[text.Length], new byte[text.Length]);
        for (var from = 0; from < text.Length;)
        {
            var end = text.IndexOf('\n', from) is >= 0 and var line ? line : text.Length;
            if (end > from) bidi.Base.AsSpan(from, end - from).Fill(icu.Resolve(text.AsSpan(from, end - from), bidi.Levels.AsSpan(from, end - from)));
            from = end + 1;
        }

        return bidi;
    }

    /// <summary>The places of a line's items, each of one level, from left to right (rule L2): the first number is the item that stands leftmost.</summary>
    public static int[] Visual(ReadOnlySpan<byte> levels)
    {
        var order = new int[levels.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        byte highest = 0, lowestOdd = byte.MaxValue;
        foreach (var level in levels)
        {
            highest = Math.Max(highest, level);
            if (level % 2 == 1) lowestOdd = Math.Min(lowestOdd, level);
        }

        for (int level = highest; level >= lowestOdd; level--)
            for (var from = 0; from < order.Length; from++)
            {
                if (levels[order[from]] < level) continue;
                var end = from;
                while (end < order.Length && levels[order[end]] >= level) end++;
                Array.Reverse(order, from, end - from);
                from = end;
            }

        return order;
    }

    /// <summary>Whether a character is of a right-to-left script.</summary>
    public static bool IsRightToLeft(Rune rune) => rune.IsBmp ? RightToLeft.Is((char)rune.Value) : rune.Value is >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;

    /// <summary>
    /// ICU under the name it has on this system: on Linux its file and its functions carry its version, on Windows and macOS it comes with the system.
    /// </summary>
    private sealed unsafe class Icu(nint library, string suffix)
    {
        private const int Newest = 120, Oldest = 50;

        private readonly delegate* unmanaged[Cdecl]<nint> _open = (delegate* unmanaged[Cdecl]<nint>)Named(library, "ubidi_open", suffix);
        private readonly delegate* unmanaged[Cdecl]<nint, void> _close = (delegate* unmanaged[Cdecl]<nint, void>)Named(library, "ubidi_close", suffix);
        private readonly delegate* unmanaged[Cdecl]<nint, char*, int, byte, byte*, int*, void> _setPara = (delegate* unmanaged[Cdecl]<nint, char*, int, byte, byte*, int*, void>)Named(library, "ubidi_setPara", suffix);
        private readonly delegate* unmanaged[Cdecl]<nint, int*, byte*> _getLevels = (delegate* unmanaged[Cdecl]<nint, int*, byte*>)Named(library, "ubidi_getLevels", suffix);
        private readonly delegate* unmanaged[Cdecl]<nint, byte> _getParaLevel = (delegate* unmanaged[Cdecl]<nint, byte>)Named(library, "ubidi_getParaLevel", suffix);

        public static Icu? Find()
        {
            foreach (var name in OperatingSystem.IsWindows() ? ["icu.dll", "icuuc.dll"] : OperatingSystem.IsMacOS() ? new[] { "/usr/lib/libicucore.dylib" } : [])
                if (NativeLibrary.TryLoad(name, out var system)) return Over(system, "");
            for (var version = Newest; version >= Oldest; version--)
                if (NativeLibrary.TryLoad(string.Create(CultureInfo.InvariantCulture, $"libicuuc.so.{version}"), out var library)
                    && Over(library, string.Create(CultureInfo.InvariantCulture, $"_{version}")) is { } icu) return icu;
            return null;
        }

        /// <returns>The level of the paragraph.</returns>
        public byte Resolve(ReadOnlySpan<char> text, Span<byte> levels)
        {
            var bidi = _open();
            if (bidi == 0) throw new InvalidOperationException("No room to put a text in order.");
            try
            {
                fixed (char* first = text)
                {
                    var error = 0;
                    _setPara(bidi, first, text.Length, LeftToRightUnlessItBeginsOtherwise, null, &error);
                    var found = _getLevels(bidi, &error);
                    if (error > 0 || found is null) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"ICU cannot put a text in order: error {error}."));
                    new ReadOnlySpan<byte>(found, text.Length).CopyTo(levels);
                    return _getParaLevel(bidi);
                }
            }
            finally
            {
                _close(bidi);
            }
        }

        private static Icu? Over(nint library, string suffix) => NativeLibrary.TryGetExport(library, "ubidi_open" + suffix, out _) ? new Icu(library, suffix) : null;

        private static nint Named(nint library, string function, string suffix) => NativeLibrary.GetExport(library, function + suffix);
    }
}
