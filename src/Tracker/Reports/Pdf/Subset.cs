using System.Runtime.InteropServices;
using SkiaSharp;

namespace Tracker.Reports.Pdf;

/// <summary>
/// Cuts a typeface down to what a file uses, so that a page with three Chinese characters does not carry ten thousand. HarfBuzz does it; its
/// wrapper has no word for that part, so it is called by its own names.
/// </summary>
internal static partial class Subset
{
    private const string Library = "libHarfBuzzSharp";

    // HB_SUBSET_FLAGS_RETAIN_GIDS and HB_SUBSET_FLAGS_NOTDEF_OUTLINE.
    private const uint SameNumbersAndTheBox = 0x2 | 0x40;

    public static SKTypeface Of(HarfBuzzSharp.Face whole, IReadOnlySet<ushort> glyphs, IReadOnlySet<int> characters)
    {
        var input = hb_subset_input_create_or_fail();
        if (input == 0) throw new InvalidOperationException("No room to cut a typeface down.");
        try
        {
            hb_subset_input_set_flags(input, SameNumbersAndTheBox);
            foreach (var glyph in glyphs) hb_set_add(hb_subset_input_glyph_set(input), glyph);
            foreach (var character in characters) hb_set_add(hb_subset_input_unicode_set(input), (uint)character);
            var face = hb_subset_or_fail(whole.Handle, input);
            if (face == 0) throw new InvalidOperationException("A typeface cannot be cut down.");
            var blob = hb_face_reference_blob(face);
            var bytes = hb_blob_get_data(blob, out var length);
            using var data = SKData.CreateCopy(bytes, (ulong)length);
            hb_blob_destroy(blob);
            hb_face_destroy(face);
            return SKTypeface.FromData(data) ?? throw new InvalidOperationException("A typeface that was cut down cannot be read.");
        }
        finally
        {
            hb_subset_input_destroy(input);
        }
    }

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_create_or_fail();

    [LibraryImport(Library)]
    private static partial void hb_subset_input_destroy(nint input);

    [LibraryImport(Library)]
    private static partial void hb_subset_input_set_flags(nint input, uint flags);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_glyph_set(nint input);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_unicode_set(nint input);

    [LibraryImport(Library)]
    private static partial void hb_set_add(nint set, uint value);

    [LibraryImport(Library)]
    private static partial nint hb_subset_or_fail(nint face, nint input);

    [LibraryImport(Library)]
    private static partial nint hb_face_reference_blob(nint face);

    [LibraryImport(Library)]
    private static partial nint hb_blob_get_data(nint blob, out uint length);

    [LibraryImport(Library)]
    private static partial void hb_blob_destroy(nint blob);

    [LibraryImport(Library)]
    private static partial void hb_face_destroy(nint face);
}
