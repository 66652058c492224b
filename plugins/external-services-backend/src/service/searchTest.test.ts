import type {
  Mapping,
  MappingLine,
} from '@external-services/backstage-plugin-external-services-common';
import { searchTest } from './searchTest';

const line = (over: Partial<MappingLine>): MappingLine => ({
  kind: 'dns-alias',
  target: { dnsName: 'db.example.com' },
  ports: [],
  namespace: 'payments',
  state: 'resolves',
  reasons: [],
  stale: false,
  sync: 'unknown',
  resolution: {
    status: 'resolved',
    chain: [{ name: 'db.example.com', target: 'edge.example.net', ttl: 60 }],
    addresses: [
      { address: '203.0.113.7', ttl: 60 },
      { address: '2001:db8::7', ttl: 60 },
    ],
  },
  declaration: { path: 'a.yaml', line: 1, source: 's' },
  findings: [],
  checks: [],
  yaml: '',
  ...over,
});

const mapping: Mapping = {
  id: 'payments/external-db',
  name: 'external-db',
  namespace: 'payments',
  fullName: 'external-db.payments.svc.cluster.local',
  kind: 'dns-alias',
  ports: [],
  state: 'resolves',
  lines: [line({})],
};

describe('searchTest', () => {
  it.each([
    ['', true],
    ['db.example.com', true],
    [' DB.Example.com ', true],
    ['example.com', true],
    ['other.example.com', false],
    ['*.example.com', true],
    ['*.example.net', true],
    ['*.ample.com', false],
    ['203.0.113.7', true],
    ['203.0.113.70', false],
    ['203.0.113.0/24', true],
    ['198.51.100.0/24', false],
    ['203.0.113.0/99', false],
    ['2001:db8::7', true],
    ['2001:DB8:0::7', true],
    ['2001:db8::/32', true],
    ['external-db', true],
    ['external-db.payments', true],
    ['external-db.payments.svc.cluster.local', true],
    ['external-db.other', false],
    ['orders', true],
    ['[', false],
  ])('takes %p for what it is', (query, found) => {
    expect(searchTest(query)(mapping, 'component:default/orders')).toBe(found);
  });
});
