import {
  Answer,
  Packet,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
} from 'dns-packet';
import { Zone, ZoneRecord } from './Zone';

const DEFAULT_TTL_SECONDS = 60;
const RCODES = { noerror: 0, servfail: 2, nxdomain: 3, refused: 5 };

/**
 * Answers one query as a recursive resolver would: the whole CNAME chain, then
 * the addresses.
 *
 * @returns nothing when the server of a name on the way does not answer
 * @public
 */
export function answerQuery(zone: Zone, query: Packet): Packet | undefined {
  const [question] = query.questions ?? [];
  const answers: Answer[] = [];
  const reply = (rcode: keyof typeof RCODES): Packet => ({
    type: 'response',
    id: query.id,
    flags:
      RECURSION_AVAILABLE +
      ((query.flags ?? 0) & RECURSION_DESIRED) +
      RCODES[rcode],
    questions: query.questions,
    answers,
  });
  if (!question) {
    return reply('servfail');
  }

  const seen = new Set<string>();
  let name = question.name;
  for (;;) {
    const record = find(zone, name);
    if (record?.fails === 'silence') {
      return undefined;
    }
    if (record?.fails) {
      answers.length = 0;
      return reply(record.fails);
    }
    if (!record) {
      return reply('nxdomain');
    }
    const ttl = record.ttl ?? DEFAULT_TTL_SECONDS;
    if (record.cname && question.type !== 'CNAME') {
      answers.push({ type: 'CNAME', name, ttl, data: record.cname });
      seen.add(name.toLowerCase());
      name = record.cname;
      if (seen.has(name.toLowerCase())) {
        return reply('noerror');
      }
    } else {
      answers.push(...dataOf(record, question.type, name, ttl));
      return reply('noerror');
    }
  }
}

function find(zone: Zone, name: string): ZoneRecord | undefined {
  const key = name.toLowerCase().replace(/\.$/, '');
  return Object.hasOwn(zone, key) ? zone[key] : undefined;
}

function dataOf(
  record: ZoneRecord,
  type: string,
  name: string,
  ttl: number,
): Answer[] {
  switch (type) {
    case 'A':
      return (record.a ?? []).map(data => ({ type, name, ttl, data }));
    case 'AAAA':
      return (record.aaaa ?? []).map(data => ({ type, name, ttl, data }));
    case 'CNAME':
      return record.cname ? [{ type, name, ttl, data: record.cname }] : [];
    default:
      return [];
  }
}
