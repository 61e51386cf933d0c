// A calendar that knows iCalendar and nothing of Tracker.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';

const answer = await fetch(`${process.env.TRACKER_URL}/api/v1/agendas/${process.env.TRACKER_AGENDA}/calendar.ics`);
assert.equal(answer.status, 200);
assert.match(answer.headers.get('content-type'), /^text\/calendar/);
const text = await answer.text();
assert.ok(text.endsWith('\r\n') && !/[^\r]\n/.test(text), 'lines end as RFC 5545 has it');
assert.ok(text.split('\r\n').every(line => Buffer.byteLength(line) <= 75), 'lines are folded');

const calendar = new ICAL.Component(ICAL.parse(text));
assert.equal(calendar.getFirstPropertyValue('version'), '2.0');
const events = calendar.getAllSubcomponents('vevent').map(x => {
  const event = new ICAL.Event(x);
  return {
    uid: event.uid,
    summary: event.summary,
    start: event.startDate.toString(),
    isDay: event.startDate.isDate,
    end: event.endDate.toString(),
    status: x.getFirstPropertyValue('status'),
    stamp: x.getFirstPropertyValue('dtstamp').toJSDate().toISOString(),
    sequence: event.sequence,
    description: event.description,
    free: x.getFirstPropertyValue('transp') === 'TRANSPARENT',
  };
});
console.log(JSON.stringify(events));
