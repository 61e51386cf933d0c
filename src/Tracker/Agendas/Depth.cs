namespace Tracker.Agendas;

/// <summary>
/// The depth ladder: how far an activity went for one commitment. Ordered; a higher rung is deeper. After the coding practice of
/// the G7 Research Group, where only a conscious new or altered effort after the summit counts.
/// </summary>
public enum Depth
{
    /// <summary>A statement, an article, a repeated phrase; one meeting's date.</summary>
    Words,

    /// <summary>The parties met, called, visited.</summary>
    Contact,

    /// <summary>A body, channel, standing schedule, staff or budget newly put in place.</summary>
    Mechanism,

    /// <summary>An agreed text, programme, law or rule newly in force, or one lifted, or a deed done.</summary>
    Measure,

    /// <summary>What was promised exists, verified by the text itself, an independent source, or an account of each party.</summary>
    Delivered,
}
