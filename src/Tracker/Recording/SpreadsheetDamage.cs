using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Tracker.Recording;

/// <summary>What spreadsheets leave in a cell in place of what was entered: an error, a number rounded to a power of ten, a date, a truth value.</summary>
public static partial class SpreadsheetDamage
{
    /// <summary>
    /// Errors of Excel, LibreOffice and Google Sheets, in English and in the languages whose spreadsheets write their own. Only these: a hash tag is a text.
    /// </summary>
    private static readonly FrozenSet<string> Errors = new[]
    {
        "#NAME?", "#REF!", "#VALUE!", "#N/A", "#N/A!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA", "#ERROR!",
        "#WERT!", "#BEZUG!", "#NV", "#ZAHL!", "#ÜBERLAUF!", "#KALK!", "#FELD!",
        "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!", "#PROPAGATION!", "#CHAMP!",
        "#¿NOMBRE?", "#¡VALOR!", "#¡REF!", "#¡DIV/0!", "#¡NUM!", "#¡NULO!", "#N/D", "#¡DESBORDAMIENTO!", "#¡CALC!",
        "#NOME?", "#VALOR!", "#NÚM!", "#NULO!", "#VALORE!", "#RIF!", "#NUMERO!",
        "#NAAM?", "#WAARDE!", "#VERW!", "#GETAL!", "#DEEL/0!", "#LEEG!", "#N/B",
        "#NAZWA?", "#ARG!", "#ADR!", "#LICZBA!", "#DZIEL/0!", "#ZERO!", "#N/D!",
        "#ИМЯ?", "#ЗНАЧ!", "#ССЫЛКА!", "#ЧИСЛО!", "#ДЕЛ/0!", "#ПУСТО!", "#Н/Д",
        "#NAMN?", "#VÄRDEFEL!", "#REFERENS!", "#OGILTIGT!", "#DIVISION/0!", "#SAKNAS!", "#SKÄRNING!",
        "#NAVN?", "#VÆRDI!", "#VERDI!", "#REFERENCE!", "#I/T", "#TALL!", "#DIVISJON/0!",
        "#NIMI?", "#ARVO!", "#VIITTAUS!", "#LUKU!", "#JAKO/0!", "#PUUTTUU!", "#TYHJÄ!",
        "#AD?", "#DEĞER!", "#BAŞV!", "#SAYI!", "#SAYI/0!", "#YOK", "#BOŞ!",
        "#NÉV?", "#ÉRTÉK!", "#HIV!", "#SZÁM!", "#ZÉRÓOSZTÓ!", "#HIÁNYZIK", "#NÁZEV?", "#HODNOTA!", "#ODKAZ!", "#ČÍSLO!", "#DĚLENÍ_NULOU!", "#NENÍ_K_DISPOZICI",
        "Err:501", "Err:502", "Err:503", "Err:504", "Err:508", "Err:509", "Err:510", "Err:511", "Err:512", "Err:522", "Err:523",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> TruthValues = new[]
    {
        "TRUE", "FALSE", "WAHR", "FALSCH", "VRAI", "FAUX", "VERDADERO", "FALSO", "VERDADEIRO", "VERO", "WAAR", "ONWAAR", "PRAWDA", "FAŁSZ", "ИСТИНА", "ЛОЖЬ", "SANT", "FALSKT", "TOSI", "EPÄTOSI",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with a text that is nothing but damage, as a sentence that shows it; null for all other texts.</summary>
    public static string? OfText(string text)
    {
        var bare = text.Trim();
        if (Errors.Contains(bare)) return $"'{bare}' is an error of a spreadsheet, not a text: enter what the cell should have held.";
        if (TooNarrow().IsMatch(bare)) return $"'{bare}' is what a spreadsheet shows of a cell that is too narrow: widen the column and export the sheet again.";
        return Rounded().IsMatch(bare) ? $"'{bare}' is a number that a spreadsheet rounded: give the column the format 'text' and enter it again." : null;
    }

    /// <summary>What is wrong with a name that is none, where a spreadsheet seems to have rewritten it, as a sentence to be said after it; else nothing.</summary>
    public static string OfName(string? text)
    {
        if (text is null) return "";
        var bare = text.Trim();
        return OfText(bare) is not null || TruthValues.Contains(bare) || Days.Remark(bare).Length > 0
            ? " It looks as if a spreadsheet had rewritten it: give the column the format 'text' and enter the name again."
            : "";
    }

    [GeneratedRegex("^[0-9]([.,][0-9]+)?[Ee][+-][0-9]{1,3}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rounded();

    [GeneratedRegex("^#{3,}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex TooNarrow();
}
