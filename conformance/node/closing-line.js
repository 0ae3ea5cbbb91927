// A reporter that says one thing at the very end: how many journeys passed and failed.
export default async function* closingLine(events) {
  const counts = { pass: 0, fail: 0, cancelled: 0 };
  for await (const event of events) {
    const [, name, count] =
      event.type === 'test:diagnostic' ? (/^(pass|fail|cancelled) (\d+)$/.exec(event.data.message) ?? []) : [];
    if (name) {
      counts[name] = Number(count);
    }
  }
  yield `${counts.pass} passed, ${counts.fail + counts.cancelled} failed\n`;
}
