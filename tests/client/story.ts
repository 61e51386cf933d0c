// One whole story as a client would write it, with nothing but the types that were generated from the contract: what it says is
// compiled against the document, and what it does is done to a running server.
import createClient from "openapi-fetch";
import type { components, paths } from "./tracker.js";

declare const process: { env: Record<string, string | undefined>; exitCode?: number };

type Problem = components["schemas"]["Problem"];
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

const owner = as(process.env["TRACKER_KEY"]);
const agenda = process.env["TRACKER_AGENDA"]!;
const here = { path: { agenda } };

async function someone(name: string, role: Role) {
  return as(done(await owner.POST("/api/v1/keys", { body: { name, role, agenda } }), `a key for ${name}`).key);
}

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

  const taken = await coder.POST("/api/v1/agendas/{agenda}/sources", {
    params: here, body: { slug: source.slug, kind: "readout", tier: "official", issuer: "AA", title: "Another" },
  });
  expect(taken.error?.code, "slug-taken", "a name twice");
  expect(taken.response.headers.get("Location"), `/api/v1/agendas/${agenda}/sources/${source.slug}`, "where the first is");

  console.log(`${board.summary.withConcreteAction} of ${board.summary.commitments} commitments have seen concrete action, at position ${board.position}.`);
}

story().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
