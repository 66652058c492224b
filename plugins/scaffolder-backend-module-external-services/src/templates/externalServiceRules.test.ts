import type { RJSFSchema } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import ajvErrors from 'ajv-errors';
import { readTemplate } from '../__testUtils__/readTemplate';

/** The validator of the stock form, put together as the form does. */
const validator = customizeValidator();
ajvErrors(validator.ajv);

const [page] = [readTemplate('external-service').spec.parameters].flat();

/** What the form would say, by field. */
const messagesOf = (service: object) =>
  validator
    .validateFormData(
      { component: 'component:default/orders', service },
      page as RJSFSchema,
    )
    .errors.map(({ property, message }) => [
      property?.replace(/^\.service\.?/, ''),
      message,
    ]);

const dns = (over: object) => ({
  kind: 'dns',
  leadsTo: { prod: 'db.example.com' },
  protocol: 'postgresql',
  ...over,
});
const addresses = (over: object) => ({
  kind: 'addresses',
  addresses: { prod: '203.0.113.7' },
  protocol: 'postgresql',
  ...over,
});
const host = (dev: string) => dns({ leadsTo: { dev } });
const list = (dev: string) => addresses({ addresses: { dev } });

const PORT = 'Enter a port from 1 to 65535.';
const URL = 'Enter only the host name. Leave out https://, port and path.';
const COLON =
  'The port has its own field. Leave out the colon and what follows.';
const IP =
  "This is an IP address. A DNS alias cannot lead to an address: the cluster's DNS would answer nothing. Choose IP addresses above.";
const LETTERS = 'A host name has letters, digits, hyphens and dots.';
const DOTS =
  'Between its dots a host name starts and ends with a letter or a digit.';
const NO_DOMAIN =
  'This name has no domain; looked up from the cluster it would not be found. Enter the full name, for example db.example.com.';
const INSIDE =
  'This leads to another service inside the cluster. Let the app use that name itself.';
const NOT_IP =
  'This is not an IP address. Write it like 203.0.113.1 or 2001:db8::1.';
const DNS_NAME =
  'This is a DNS name; only addresses can stand here. Choose a DNS name above.';
const ONLY_ADDRESSES =
  'Enter only addresses, for example 203.0.113.1. Leave out https://, masks and paths.';
const ITSELF =
  'This address always means the machine itself. The cluster refuses it.';
const LINK_LOCAL = 'This is a link-local address. The cluster refuses it.';
const PORTS =
  'Write one port a line, for example admin 9090 or admin 9090/udp.';

describe('the form of the template external-service', () => {
  it.each([
    ['https://db.example.com', URL],
    ['https://db.example.com:5432/x', URL],
    ['db.example.com/', URL],
    ['db.example.com:5432', COLON],
    ['db.example.com:', COLON],
    ['203.0.113.1:5432', COLON],
    ['203.0.113.1', IP],
    [' 203.0.113.1 ', IP],
    ['2001:db8::1', IP],
    ['::1', IP],
    ['DB.example.com', 'Host names are lower case.'],
    ['my_db.example.com', LETTERS],
    ['*.example.com', LETTERS],
    ['db .example.com', LETTERS],
    ['bücher.example', LETTERS],
    ['db', NO_DOMAIN],
    ['localhost', NO_DOMAIN],
    ['db.shop.svc.cluster.local', INSIDE],
    ['db.shop.svc', INSIDE],
    ['db-.example.com', DOTS],
    ['-db.example.com', DOTS],
    ['db..example.com', DOTS],
    ['.example.com', DOTS],
    ['db.example-', DOTS],
  ])('says of the DNS name "%s": %s', (text, message) => {
    expect(messagesOf(host(text))).toEqual([['leadsTo.dev', message]]);
  });

  it.each([
    ['db.example.com', DNS_NAME],
    ['203.0.113.1\ndb.example.com', DNS_NAME],
    ['203.0.113.1:5432', COLON],
    ['203.0.113.0/24', ONLY_ADDRESSES],
    ['203.0.113', NOT_IP],
    ['203.0.113.1.2', NOT_IP],
    ['203.0.113.256', NOT_IP],
    ['203.0.113.1!', NOT_IP],
    ['203.0.113.1\n999.1.1.1', NOT_IP],
    ['127.0.0.1', ITSELF],
    ['203.0.113.1, 127.0.0.1', ITSELF],
    ['::1', ITSELF],
    ['169.254.169.254', LINK_LOCAL],
    ['fe80::1', LINK_LOCAL],
  ])('says of the addresses "%s": %s', (text, message) => {
    expect(messagesOf(list(text))).toEqual([['addresses.dev', message]]);
  });

  it.each([
    [dns({ port: 0 }), 'port', PORT],
    [dns({ port: 65536 }), 'port', PORT],
    [
      dns({ name: 'External_DB' }),
      'name',
      'Use lower-case letters, digits and hyphens; start with a letter; at most 63 characters.',
    ],
    [
      dns({ dnsSettings: { namespace: 'My Shop' } }),
      'dnsSettings.namespace',
      'Use lower-case letters, digits and hyphens; at most 63 characters.',
    ],
    [
      dns({ dnsSettings: { morePorts: 'admin' } }),
      'dnsSettings.morePorts',
      PORTS,
    ],
    [
      dns({ dnsSettings: { morePorts: 'admin 9090\nand 8080 too' } }),
      'dnsSettings.morePorts',
      PORTS,
    ],
    [
      addresses({ addressSettings: { targetPort: 70000 } }),
      'addressSettings.targetPort',
      PORT,
    ],
    [
      dns({ leadsTo: {} }),
      'leadsTo',
      'Enter a host name, for example db.example.com.',
    ],
    [
      addresses({ addresses: {} }),
      'addresses',
      'Enter at least one address, for example 203.0.113.1.',
    ],
    [
      dns({ leadsTo: undefined }),
      '',
      'Enter a host name, for example db.example.com, or an address, for example 203.0.113.1.',
    ],
  ])('says of %j at %s: %s', (service, field, message) => {
    expect(messagesOf(service)).toEqual([
      [expect.stringMatching(`^\\.?${field.replace('.', '\\.?')}$`), message],
    ]);
  });

  it.each([
    host('db.example.com'),
    host(' db.example.com '),
    host('db.example.com.'),
    host('xn--bcher-kva.example'),
    host('1.db.example.com'),
    host('10-0-0-1.example.com'),
    list('203.0.113.1'),
    list('203.0.113.1\n203.0.113.2\n'),
    list('203.0.113.1, 255.0.0.1'),
    list('2001:db8::1\n::ffff'),
    dns({ leadsTo: { dev: undefined, prod: 'db.example.com' } }),
    addresses({ addresses: { dev: undefined, prod: '203.0.113.1' } }),
    dns({
      port: undefined,
      name: undefined,
      dnsSettings: { morePorts: undefined },
    }),
    dns({ port: 65535, name: 'a', dnsSettings: { namespace: '1' } }),
    dns({ dnsSettings: { morePorts: 'admin 9090\n\n9091/udp\n' } }),
    addresses({ addressSettings: { morePorts: 'admin 9090:9091' } }),
  ])('takes %j', service => {
    expect(messagesOf(service)).toEqual([]);
  });

  it('takes no time for what is meant to take it', () => {
    const hostile = [
      host(`${'a.'.repeat(149)}!`),
      list(`${'1.'.repeat(4_990)}!`),
      dns({ dnsSettings: { morePorts: `${'1 '.repeat(999)}!` } }),
    ];
    const start = performance.now();
    hostile.forEach(service => expect(messagesOf(service)).not.toEqual([]));
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
