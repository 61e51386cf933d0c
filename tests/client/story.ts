// One whole story as a client would write it, with nothing but the types that were generated from the contract: what it says is
// compiled against the document, and what it does is done to a running server.
import createClient from "openapi-fetch";
import type { components, paths } from "./tracker.js";

declare const process: { env: Record<string, string | undefined>; exitCode?: number };

type Problem = components["schemas"]["Problem"];
type Status = components["schemas"]["CommitmentStatus"];
type Role = components["schemas"]["Role"];

function as(key?: string) {
  return createClient<paths>({ baseUrl: process.env["TRACKER_URL"]!, ...(key ? { headers: { Authorization: `Bearer ${key}` } } : {}) });
}

function expect<T>(actual: T, wanted: T, what: string): void {
  if (actual !== wanted) throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
}

/** What was answered, or a failure that says why not. */
function done<T>({ data, error }: { data?: T; error?: Problem }, what: string): T {
  if (data === undefined) throw new Error(`${what}: ${error?.code ?? "?"}: ${error?.detail ?? "no answer"} ${JSON.stringify(error?.errors)}`);
  return data;
}

/** What there must be. */
function some<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`${what}: there is none`);
  return value;
}

const owner = as(process.env["TRACKER_KEY"]);
const agenda = process.env["TRACKER_AGENDA"]!;
const here = { path: { agenda } };

async function someone(name: string, role: Role) {
  const made = done(await owner.POST("/api/v1/keys", { body: { name, role, agenda } }), `a key for ${name}`);
  return { id: made.id, ...as(made.key) };
}

/** A word for each status: a status that the contract does not name, or one without a word, does not compile. */
const words: Record<Status, string> = {
  reversed: "taken back", delivered: "done", contested: "done by some, undone by others", concreteAction: "acted on", undercut: "acted against",
  partial: "begun", dialogueOnly: "talked about", wordsOnly: "repeated", noneFound: "nothing found", notYetRated: "not yet looked at",
};

/** What a refused command asks of its sender, by its code: a code that the contract does not name for it does not compile. */
function remedy(code: NonNullable<Awaited<ReturnType<typeof recordTwice>>["error"]>["code"]): "another name" | "correct it" | "later" | "give up" {
  switch (code) {
    case "slug-taken": return "another name";
    case "unknown-source": case "unknown-party": case "bad-date": case "bad-kind": case "unreadable": return "correct it";
    case "too-many-requests": case "unavailable": return "later";
    default: return "give up";
  }
}

const recordTwice = (client: ReturnType<typeof as>) => client.POST("/api/v1/agendas/{agenda}/activities", {
  params: here,
  body: { slug: "group-constituted", kind: "body", title: "The group, once more", occurred: "2022-12", participants: [], sources: ["readout"] },
});

async function story() {
  const opened = done(
    await owner.POST("/api/v1/agendas", {
      body: {
        slug: agenda,
        title: "What Alfa and Bravo said they would do",
        parties: [{ code: "AA", name: "Alfa" }, { code: "BB", name: "Bravo" }],
        baseline: { name: "Bali", date: "2022-11-14" },
      },
    }),
    "the agenda");
  expect(opened.codebook.review, "second", "the policy of review");

  const coder = await someone("Cora", "coder");
  const reviewer = await someone("Rui", "reviewer");

  const source = done(
    await coder.POST("/api/v1/agendas/{agenda}/sources", {
      params: here,
      body: { slug: "readout", kind: "readout", tier: "official", issuer: "AA", title: "Readout of the talks", publishedOn: "2022-12-13", language: "en" },
    }),
    "the source");
  const commitment = done(
    await coder.POST("/api/v1/agendas/{agenda}/commitments", {
      params: here,
      body: {
        slug: "working-group", title: "A joint working group", type: "deliverable", madeOn: "2022-11-14", parties: ["AA", "BB"],
        clauses: [{ party: "AA", source: source.slug, quote: "agreed to set up a joint working group", language: "en" }],
      },
    }),
    "the commitment");
  const activity = done(
    await coder.POST("/api/v1/agendas/{agenda}/activities", {
      params: here,
      body: {
        slug: "group-constituted", kind: "body", title: "The group is constituted", occurred: "2022-12-11/2022-12-12", sources: [source.slug],
        participants: [{ party: "AA", name: "Alfa's envoy" }, { party: "BB", name: "Bravo's envoy", role: "host" }],
      },
    }),
    "the activity");
  const on = { path: { agenda, commitment: commitment.slug } };
  const repeatable = { ...on, header: { "Idempotency-Key": "the-story-s-evidence" } };
  const proposal = {
    activity: activity.slug, depth: "mechanism", direction: "advances", parties: ["AA", "BB"], rationale: "A body was newly set up.",
    citations: [{ source: source.slug, quote: "the group met for the first time" }],
  } satisfies components["schemas"]["ProposeEvidence"];
  const proposed = await coder.POST("/api/v1/agendas/{agenda}/commitments/{commitment}/evidence", { params: repeatable, body: proposal });
  const evidence = done(proposed, "the evidence");
  expect(evidence.state, "proposed", "the state of what was proposed");

  const repeated = await coder.POST("/api/v1/agendas/{agenda}/commitments/{commitment}/evidence", { params: repeatable, body: proposal });
  expect(done(repeated, "the same again").id, evidence.id, "the id of the same again");
  expect(repeated.response.headers.get("ETag"), proposed.response.headers.get("ETag"), "the tag of the same again");

  const review = { params: { path: { agenda, evidence: evidence.id } }, body: { decision: "accept", rationale: "Two accounts agree." } } as const;
  const own = await coder.POST("/api/v1/agendas/{agenda}/evidence/{evidence}/review", review);
  expect(own.response.status, 403, "a coder's review");
  expect(own.error?.code, "forbidden", "a coder's review");
  const stale = await reviewer.POST("/api/v1/agendas/{agenda}/evidence/{evidence}/review", {
    ...review, params: { ...review.params, header: { "If-Match": "\"7-0000000000000000\"" } },
  });
  expect(stale.error?.code, "stale-version", "a review of what was never seen");
  const reviewed = await reviewer.POST("/api/v1/agendas/{agenda}/evidence/{evidence}/review", review);
  expect(done(reviewed, "the review").state, "accepted", "the state of what was reviewed");
  const position = Number(reviewed.response.headers.get("Tracker-Position"));

  const anyone = as();
  const read = await anyone.GET("/api/v1/agendas/{agenda}/board", { params: { ...here, query: { atLeast: position, validAt: "2023-01-31" } } });
  const board = done(read, "the board");
  expect(board.position, position, "the board's position");
  const [entry] = board.commitments;
  expect(entry?.status, "concreteAction", "the status");
  expect(entry?.because.concrete[0], evidence.id, "what it rests on");
  expect(entry?.byParty["AA"]?.concreteSinceBaseline, true, "Alfa's part");
  expect(board.summary.byStatus.concreteAction, 1, "the roll-up");

  const again = await anyone.GET("/api/v1/agendas/{agenda}/board", {
    params: { ...here, query: { validAt: "2023-01-31" }, header: { "If-None-Match": read.response.headers.get("ETag")! } },
  });
  expect(again.response.status, 304, "the board asked for again");
  const before = done(
    await anyone.GET("/api/v1/agendas/{agenda}/board", { params: { ...here, query: { validAt: "2023-01-31", knownAt: String(position - 1) } } }),
    "the board as it was known before the review");
  expect(before.commitments[0]?.status, "notYetRated", "the status before the review");
  expect(before.commitments[0]?.flags.pendingReview, 1, "what waited for review");

  const detail = done(await anyone.GET("/api/v1/agendas/{agenda}/commitments/{commitment}", { params: on }), "the commitment in full");
  expect(detail.evidence[0]?.activity.title, activity.title, "its evidence's activity");

  // A later milestone is another "since".
  const milestone = done(
    await owner.POST("/api/v1/agendas/{agenda}/milestones", { params: here, body: { slug: "second-round", name: "The second round", date: "2022-12-20" } }),
    "the milestone");
  const since = done(
    await anyone.GET("/api/v1/agendas/{agenda}/board", { params: { ...here, query: { atLeast: position + 1, validAt: "2023-01-31", since: milestone.slug } } }),
    "the board since the milestone");
  const sinceThen = some(since.commitments[0], "the commitment since then");
  expect(words[sinceThen.status], "not yet looked at", "the status since the milestone");
  expect(since.since, milestone.date, "the day counted from");

  // Many at once, and read in parts.
  const batch = done(
    await coder.POST("/api/v1/agendas/{agenda}/activities:batch", {
      params: here,
      body: [1, 2, 3, 4, 5].map((n) => ({
        slug: `call-${n}`, kind: "call" as const, title: `Call number ${n}`, occurred: `2023-01-0${n}`, sources: [source.slug],
        participants: [{ party: "AA", name: "Alfa" }, { party: "BB", name: "Bravo" }],
      })),
    }),
    "the batch");
  expect(batch.results.length, 5, "the results of the batch");
  const slugs: string[] = [];
  let after: string | null | undefined;
  do {
    const page: components["schemas"]["ActivityPage"] = done(
      await anyone.GET("/api/v1/agendas/{agenda}/activities", {
        params: { ...here, query: { limit: 2, kind: "call", from: "2023-01-02", party: "BB", atLeast: position + 2, ...(after ? { after } : {}) } },
      }),
      "a page of activities");
    slugs.push(...page.items.map((x) => x.slug));
    after = page.next;
  } while (after);
  expect(slugs.join(), "call-2,call-3,call-4,call-5", "the activities, page by page");

  // What was judged too well is judged anew, with a reason: the board moves, what it said stays, and the change log tells both.
  const recoded = await reviewer.POST("/api/v1/agendas/{agenda}/evidence/{evidence}/recoding", {
    params: { path: { agenda, evidence: evidence.id }, header: { "If-Match": reviewed.response.headers.get("ETag")! } },
    body: { depth: "contact", reason: "The body is an old one, called together again." },
  });
  expect(done(recoded, "the recoding").depth, "contact", "the depth it was given anew");
  const corrected = Number(recoded.response.headers.get("Tracker-Position"));
  const moved = done(
    await anyone.GET("/api/v1/agendas/{agenda}/board", { params: { ...here, query: { atLeast: corrected, validAt: "2023-01-31" } } }),
    "the board after the recoding");
  expect(moved.commitments[0]?.status, "dialogueOnly", "the status after the recoding");
  const kept = done(
    await anyone.GET("/api/v1/agendas/{agenda}/board", { params: { ...here, query: { validAt: "2023-01-31", knownAt: String(corrected - 1) } } }),
    "the board as it was known before the recoding");
  expect(kept.commitments[0]?.status, "concreteAction", "the status as it was known before the recoding");
  const changes = done(
    await anyone.GET("/api/v1/agendas/{agenda}/changes", { params: { ...here, query: { after: String(corrected - 1), atLeast: corrected } } }),
    "the changes since");
  some(changes.items.find((x) => x.kind === "corrected" && x.evidence.includes(evidence.id)), "the change that tells of the correction");
  const change = some(changes.items.find((x) => x.kind === "statusChanged" && x.commitment === commitment.slug && x.party === null), "the change of status");
  expect(`${change.from} to ${change.to}`, "concreteAction to dialogueOnly", "what the change says");
  const history = done(await anyone.GET("/api/v1/agendas/{agenda}/evidence/{evidence}/history", { params: { path: { agenda, evidence: evidence.id } } }), "the evidence's history");
  expect(history.items.length, 3, "what happened to it: proposed, accepted, recoded");

  // A report of that day is fixed, can be had in other forms, and can be made again to see that it says the same.
  const issued = await owner.POST("/api/v1/agendas/{agenda}/reports", { params: here, body: { validAt: "2023-01-31" } });
  const report = done(issued, "the report");
  const of = { path: { agenda, report: report.slug } };
  const published = Number(issued.response.headers.get("Tracker-Position"));
  const verified = done(
    await anyone.GET("/api/v1/agendas/{agenda}/reports/{report}/verification", { params: { ...of, query: { atLeast: published } } }), "the verification");
  expect(verified.matches, true, "that the report made again is the same");
  expect(verified.regeneratedDigest, report.digest, "its digest");
  const rows = await anyone.GET("/api/v1/agendas/{agenda}/reports/{report}", { params: of, headers: { Accept: "text/csv" }, parseAs: "text" });
  expect(String(done<unknown>(rows, "the report as a table")).includes("working-group"), true, "the commitment in the report's table");

  // What is refused says why, by a code that programs decide by.
  const twice = await recordTwice(coder);
  expect(remedy(some(twice.error, "a refusal of the same name").code), "another name", "what to do about the same name");
  const wrong = await coder.POST("/api/v1/agendas/{agenda}/commitments/{commitment}/evidence", {
    params: on, body: { ...proposal, activity: "never-recorded" },
  });
  if (wrong.error?.code !== "unknown-activity") throw new Error(`evidence of nothing: ${wrong.error?.code}`);
  expect(Object.keys(wrong.error.errors).join(), "activity", "the field that is wrong");
  const tooEarly = await anyone.GET("/api/v1/agendas/{agenda}/board", { params: { ...here, query: { knownAt: "2001-01-01T00:00:00Z" } } });
  expect(tooEarly.error?.code, "not-yet-recorded", "the board before there was one");
  const reused = await coder.POST("/api/v1/agendas/{agenda}/commitments/{commitment}/evidence", { params: repeatable, body: { ...proposal, depth: "words" } });
  expect(reused.error?.code, "key-reused", "another body under the same key");
  const nobody = await anyone.POST("/api/v1/agendas/{agenda}/sources", {
    params: here, body: { slug: "forged", kind: "readout", tier: "official", issuer: "AA", title: "Forged" },
  });
  expect(nobody.response.status, 401, "a command without a credential");

  const taken = await coder.POST("/api/v1/agendas/{agenda}/sources", {
    params: here, body: { slug: source.slug, kind: "readout", tier: "official", issuer: "AA", title: "Another" },
  });
  expect(taken.error?.code, "slug-taken", "a name twice");
  expect(taken.response.headers.get("Location"), `/api/v1/agendas/${agenda}/sources/${source.slug}`, "where the first is");

  // A key that is revoked ends at once.
  expect((await owner.DELETE("/api/v1/keys/{key}", { params: { path: { key: coder.id } } })).response.status, 204, "the revocation");
  expect((await recordTwice(coder)).error?.code, "unauthenticated", "a command with a key that was revoked");

  console.log(`${board.summary.withConcreteAction} of ${board.summary.commitments} commitments have seen concrete action, at position ${board.position}.`);
}

story().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
