using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tracker.Agendas;
using Tracker.Status;

namespace Tracker.Specs.Rule;

public sealed class writing_a_verdict_as_json
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    private static readonly Verdict Talks = Given.Continuing.Between("BB", "AA").Due("2023-01")
        .Advances(Depth.Mechanism, "2022-12-01", by: "AA", id: "desk")
        .Undercuts(Depth.Contact, "2022-11", by: "BB", id: "refusal")
        .SearchedThrough("2023-01-31")
        .At("2023-05-31");

    [Fact]
    public void has_the_names_and_the_order_of_the_board() => JsonSerializer.Serialize(Talks, Wire).ShouldBe(
        """
        {
          "status": "concreteAction",
          "concreteSinceBaseline": true,
          "recently": {
            "after": "2023-03-02",
            "status": "notYetRated"
          },
          "flags": {
            "overdue": true,
            "late": false,
            "stale": true,
            "pendingReview": 0
          },
          "evidence": {
            "words": 0,
            "contact": 0,
            "mechanism": 1,
            "measure": 0,
            "delivered": 0,
            "undercutting": 0
          },
          "firstConcreteOn": "2022-12-01",
          "latestConcreteOn": "2022-12-01",
          "latestActivityOn": "2022-12-01",
          "because": {
            "rule": "depth-ladder/2",
            "row": "concreteAction",
            "bar": "mechanism",
            "after": "2022-11-14",
            "through": "2023-05-31",
            "concrete": [
              "desk"
            ],
            "undercutting": [],
            "deepest": [
              "desk"
            ],
            "straddling": [
              "refusal"
            ],
            "lastSearchedThrough": "2023-01-31"
          },
          "byParty": {
            "AA": {
              "status": "concreteAction",
              "concreteSinceBaseline": true,
              "because": {
                "rule": "depth-ladder/2",
                "row": "concreteAction",
                "bar": "mechanism",
                "after": "2022-11-14",
                "through": "2023-05-31",
                "concrete": [
                  "desk"
                ],
                "undercutting": [],
                "deepest": [
                  "desk"
                ],
                "straddling": [],
                "lastSearchedThrough": "2023-01-31"
              }
            },
            "BB": {
              "status": "noneFound",
              "concreteSinceBaseline": false,
              "because": {
                "rule": "depth-ladder/2",
                "row": "noneFound",
                "bar": "mechanism",
                "after": "2022-11-14",
                "through": "2023-05-31",
                "concrete": [],
                "undercutting": [],
                "deepest": [],
                "straddling": [
                  "refusal"
                ],
                "lastSearchedThrough": "2023-01-31"
              }
            }
          }
        }
        """);

    [Fact]
    public void keeps_what_is_absent_as_null()
    {
        var json = JsonSerializer.SerializeToElement(Given.Deliverable.At(Given.TheBaseline), Wire);

        foreach (var name in new[] { "recently", "firstConcreteOn", "latestConcreteOn", "latestActivityOn" })
            json.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Null, name);
        json.GetProperty("because").GetProperty("lastSearchedThrough").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void reads_back_the_same_and_in_the_same_order_in_any_culture()
    {
        var verdict = Given.Deliverable.Between("b", "B", "a", "A").At(Given.TheBaseline);
        var json = JsonSerializer.Serialize(verdict, Wire);

        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("da-DK");
            JsonSerializer.Serialize(JsonSerializer.Deserialize<Verdict>(json, Wire), Wire).ShouldBe(json);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
