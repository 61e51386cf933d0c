// A reader that knows Atom and nothing of Tracker: it finds the entries, their dates and where they lead, and goes on to what came before.
import assert from 'node:assert/strict';
import { parseAtomFeed } from 'feedsmith';

const read = async address => {
  const answer = await fetch(address);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^application\/atom\+xml/);
  return parseAtomFeed(await answer.text());
};

const address = `${process.env.TRACKER_URL}/api/v1/agendas/${process.env.TRACKER_AGENDA}/feed.atom`;
let feed = await read(address);
assert.equal(feed.links.find(x => x.rel === 'self').href, address);
assert.ok(feed.title && feed.authors[0].name && !Number.isNaN(Date.parse(feed.updated)));
assert.equal(feed.updated, feed.entries[0].updated);

const entries = [];
while (feed) {
  assert.ok(feed.entries.length <= 100);
  entries.push(...feed.entries);
  const next = feed.links.find(x => x.rel === 'next');
  feed = next ? await read(next.href) : undefined;
}

assert.equal(new Set(entries.map(x => x.id)).size, entries.length, 'no entry comes twice');
assert.deepEqual(entries.map(x => Date.parse(x.updated)), entries.map(x => Date.parse(x.updated)).sort((a, b) => b - a), 'the newest first');
for (const entry of entries) {
  assert.match(entry.id, /^urn:tracker:/);
  assert.ok(entry.title && entry.summary);
  const page = entry.links.find(x => x.rel === 'alternate' && x.type === 'text/html');
  assert.ok(page, entry.id);
}
for (const entry of entries.slice(0, 3)) assert.equal((await fetch(entry.links[0].href, { headers: { Accept: 'text/html' } })).status, 200);

console.log(JSON.stringify(entries.map(x => x.id)));
