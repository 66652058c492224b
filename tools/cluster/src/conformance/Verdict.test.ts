import { compareVerdicts, Verdict } from './Verdict';

const refused = (over: Partial<Verdict>): Verdict => ({
  accepted: false,
  fields: [],
  told: 'all',
  message: '',
  ...over,
});
const accepted = refused({ accepted: true });

describe('compareVerdicts', () => {
  it.each<[string, Verdict, Verdict, string]>([
    ['both accept', accepted, accepted, 'agree'],
    ['only we accept', accepted, refused({}), 'decisions differ'],
    ['only we refuse', refused({}), accepted, 'decisions differ'],
    [
      'both refuse for the same fields',
      refused({ fields: ['a', 'b[0].c'] }),
      refused({ fields: ['a', 'b[0].c'] }),
      'agree',
    ],
    [
      'we miss a field',
      refused({ fields: ['a'] }),
      refused({ fields: ['a', 'b'] }),
      'fields differ',
    ],
    [
      'we name a field too many',
      refused({ fields: ['a', 'b'] }),
      refused({ fields: ['a'] }),
      'fields differ',
    ],
    [
      'we name another item of the list',
      refused({ fields: ['a[1]'] }),
      refused({ fields: ['a[0]'] }),
      'fields differ',
    ],
    [
      'decoding names our field without its index',
      refused({ fields: ['spec.ports[1].port', 'spec.type'] }),
      refused({ fields: ['spec.ports.port'], told: 'some' }),
      'agree',
    ],
    [
      'decoding names the map and we its key',
      refused({ fields: ['metadata.labels.team'] }),
      refused({ fields: ['metadata.labels'], told: 'some' }),
      'agree',
    ],
    [
      'decoding names a field that we do not',
      refused({ fields: ['spec.typed'] }),
      refused({ fields: ['spec.type'], told: 'some' }),
      'fields differ',
    ],
    [
      'the server names no field',
      refused({ fields: ['a'] }),
      refused({ told: 'none' }),
      'agree',
    ],
  ])('%s', (_, own, server, comparison) => {
    expect(compareVerdicts(own, server)).toBe(comparison);
  });
});
