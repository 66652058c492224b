import type { ExternalService } from './ExternalService';
import { externalServiceSchema } from './externalServiceSchema';

const service = (over: object = {}) => ({
  name: 'external-db',
  target: { dnsName: 'db.example.com' },
  ports: [{ port: 5432, protocol: 'TCP' }],
  ...over,
});

const alias = (dnsName: unknown) => service({ target: { dnsName } });
const named = (hostnames: object, headless = true) =>
  service({
    target: { addresses: ['203.0.113.1', '2001:db8::1'], headless, hostnames },
  });
const fixed = (...addresses: string[]) => service({ target: { addresses } });

function problems(input: unknown): string[] {
  const { error } = externalServiceSchema.safeParse(input);
  return (error?.issues ?? []).map(
    issue => `${issue.path.join('.')}: ${issue.message}`,
  );
}

describe('externalServiceSchema', () => {
  it.each<[string, unknown]>([
    ['a DNS name', service()],
    ['a trailing dot', alias('db.example.com.')],
    ['addresses of both families', fixed('203.0.113.1', '2001:db8::1')],
    [
      'a headless service without ports',
      service({
        target: { addresses: ['203.0.113.1'], headless: true },
        ports: [],
      }),
    ],
    ['an alias without ports', service({ ports: [] })],
    [
      'several ports, named or not',
      service({
        ports: [
          { port: 1, protocol: 'TCP' },
          { port: 1, protocol: 'UDP' },
          { name: 'a', port: 2, protocol: 'SCTP' },
        ],
      }),
    ],
    [
      'environments that bring their own target',
      {
        name: 'db',
        ports: [],
        environments: { dev: { target: { dnsName: 'db.dev.example.com' } } },
      },
    ],
    [
      'another kind in one environment',
      service({
        environments: {
          dev: {},
          prod: { target: { addresses: ['203.0.113.1'] } },
        },
      }),
    ],
    [
      'names of addresses, one of them for both families',
      named({ '203.0.113.1': 'db', '2001:db8::1': 'db' }),
    ],
    [
      'what has an effect in one environment alone',
      service({
        sessionAffinity: { timeoutSeconds: 60 },
        publishNotReadyAddresses: true,
        environments: {
          dev: {},
          prod: { target: { addresses: ['203.0.113.1'] } },
        },
      }),
    ],
  ])('takes %s', (_what, input) => {
    const parsed: ExternalService = externalServiceSchema.parse(input);
    expect(parsed).toEqual(input);
  });

  it.each<[string, unknown, string]>([
    [
      'an empty name',
      alias(''),
      'target.dnsName: Enter a host name, for example db.example.com.',
    ],
    [
      'a URL',
      alias('https://DB.example.com:5432/x'),
      'target.dnsName: Enter only the host name. Use db.example.com, port 5432.',
    ],
    [
      'a port',
      alias('db.example.com:5432'),
      'target.dnsName: The port has its own field. Use db.example.com, port 5432.',
    ],
    [
      'an address as name',
      alias('10.0.0.1'),
      "target.dnsName: 10.0.0.1 is an IP address. A DNS alias cannot lead to an address: the cluster's DNS would answer nothing. Use IP addresses as the target instead.",
    ],
    [
      'an IPv6 address as name',
      alias('2001:db8::1'),
      "target.dnsName: 2001:db8::1 is an IP address. A DNS alias cannot lead to an address: the cluster's DNS would answer nothing. Use IP addresses as the target instead.",
    ],
    [
      'numbers as name',
      alias('1.2.3'),
      'target.dnsName: 1.2.3 is only numbers, so it is no host name.',
    ],
    [
      'upper case',
      alias('DB.example.com'),
      'target.dnsName: Host names are lower case. Use db.example.com.',
    ],
    [
      'upper case and a trailing dot',
      alias('DB.example.com.'),
      'target.dnsName: Host names are lower case. Use db.example.com.',
    ],
    [
      'spaces around',
      alias(' db.example.com'),
      'target.dnsName: Remove the spaces around the host name.',
    ],
    [
      'an underscore',
      alias('my_db.example.com'),
      'target.dnsName: A host name has letters, digits, hyphens and dots. _ is not allowed.',
    ],
    [
      'a wildcard',
      alias('*.example.com'),
      'target.dnsName: A host name has letters, digits, hyphens and dots. * is not allowed.',
    ],
    [
      'an international name',
      alias('bücher.example'),
      'target.dnsName: A host name has letters, digits, hyphens and dots. ü is not allowed. Use xn--bcher-kva.example.',
    ],
    [
      'a single word',
      alias('db'),
      'target.dnsName: db has no domain; looked up from the cluster it would not be found. Use the full name, for example db.example.com.',
    ],
    [
      'an in-cluster name',
      alias('db.other.svc.cluster.local'),
      'target.dnsName: This leads to another service inside the cluster. Let the app use that name itself.',
    ],
    [
      'two dots',
      alias('db..example.com'),
      'target.dnsName: Two dots must not stand together, and none at the start.',
    ],
    [
      'a hyphen at the end',
      alias('db-.example.com'),
      'target.dnsName: db- must not start or end with a hyphen.',
    ],
    [
      'a long label',
      alias(`${'a'.repeat(64)}.example.com`),
      'target.dnsName: Between two dots a host name has at most 63 characters.',
    ],
    [
      'no address',
      fixed(),
      'target.addresses: Enter at least one address, for example 203.0.113.1.',
    ],
    [
      'a name as address',
      fixed('db.example.com'),
      'target.addresses.0: db.example.com is a DNS name; only addresses can stand here. Use a DNS name as the target instead.',
    ],
    [
      'loopback',
      fixed('203.0.113.1', '127.0.0.1'),
      'target.addresses.1: 127.0.0.1 always means the machine itself. The cluster refuses it.',
    ],
    [
      'link-local',
      fixed('169.254.169.254'),
      'target.addresses.0: 169.254.169.254 is a link-local address. The cluster refuses it.',
    ],
    [
      'no IP address',
      fixed('1.2.3'),
      'target.addresses.0: 1.2.3 is not an IP address. Write it like 203.0.113.1 or 2001:db8::1.',
    ],
    [
      'a range',
      fixed('10.0.0.0/8'),
      'target.addresses.0: 10.0.0.0/8 is not an IP address. Write it like 203.0.113.1 or 2001:db8::1.',
    ],
    [
      'an address twice',
      fixed('2001:db8::1', '2001:db8::1'),
      'target.addresses.1: 2001:db8::1 is listed twice. Remove one.',
    ],
    [
      'a spelling of IPv6',
      fixed('2001:DB8::1'),
      'target.addresses.0: Write it as 2001:db8::1.',
    ],
    [
      'leading zeros',
      fixed('010.0.0.1'),
      'target.addresses.0: Write it as 10.0.0.1.',
    ],
    [
      'both kinds',
      service({ target: { dnsName: 'db.example.com', addresses: [] } }),
      'target: Give a DNS name or IP addresses, not both.',
    ],
    [
      'neither kind',
      service({ target: {} }),
      'target: Give a DNS name, for example db.example.com, or IP addresses, for example 203.0.113.1.',
    ],
    [
      'no target',
      service({ target: undefined }),
      'target: Give a target: a DNS name or IP addresses, here or for the service itself.',
    ],
    [
      'no target in one environment',
      { name: 'db', ports: [], environments: { dev: {} } },
      'environments.dev.target: Give a target: a DNS name or IP addresses, here or for the service itself.',
    ],
    [
      'a name of the service',
      service({ name: '1db' }),
      'name: Use lower-case letters, digits and hyphens; start with a letter; at most 63 characters.',
    ],
    [
      'port 0',
      service({ ports: [{ port: 0, protocol: 'TCP' }] }),
      'ports.0.port: Enter a port from 1 to 65535.',
    ],
    [
      'half a port',
      service({ ports: [{ port: 80.5, protocol: 'TCP' }] }),
      'ports.0.port: Enter a port from 1 to 65535.',
    ],
    [
      'no port for addresses',
      service({ target: { addresses: ['203.0.113.1'] }, ports: [] }),
      'ports: Enter a port from 1 to 65535.',
    ],
    [
      'a protocol in small letters',
      service({ ports: [{ port: 80, protocol: 'tcp' }] }),
      'ports.0.protocol: Choose TCP, UDP or SCTP.',
    ],
    [
      'a port twice',
      service({
        ports: [
          { port: 80, protocol: 'TCP' },
          { port: 80, protocol: 'TCP' },
        ],
      }),
      'ports.1.port: 80/TCP is listed twice. Remove one.',
    ],
    [
      'a name of two ports',
      service({
        ports: [
          { name: 'a', port: 80, protocol: 'TCP' },
          { name: 'a', port: 81, protocol: 'TCP' },
        ],
      }),
      'ports.1.name: a is the name of two ports. Give each its own.',
    ],
    [
      'another port behind an alias',
      service({ ports: [{ port: 80, targetPort: 81, protocol: 'TCP' }] }),
      'ports.0.targetPort: An alias cannot change ports: your app must use the port of the target itself. Leave the port at the target out.',
    ],
    [
      'another port behind a headless service',
      service({
        target: { addresses: ['203.0.113.1'], headless: true },
        ports: [{ port: 80, targetPort: 81, protocol: 'TCP' }],
      }),
      'ports.0.targetPort: Your app gets the addresses directly, so nothing changes the port. Leave the port at the target out.',
    ],
    [
      'a namespace',
      service({ namespace: 'My_NS' }),
      'namespace: Use lower-case letters, digits and hyphens; start and end with a letter or digit; at most 63 characters.',
    ],
    [
      'a name of an environment',
      service({ environments: { '../prod': {} } }),
      'environments.../prod: Use lower-case letters, digits and hyphens; start and end with a letter or digit; at most 63 characters.',
    ],
    [
      'a label',
      service({ labels: { team: 'a b' } }),
      'labels.team: Key and value of a label have letters, digits, hyphens, dots and underscores; at most 63 characters.',
    ],
    [
      'annotations that leave no room for our own',
      service({ annotations: { note: 'a'.repeat(262_144 - 2_048) } }),
      'annotations: Annotations have at most 260096 bytes in all.',
    ],
    [
      'names of addresses behind one address',
      named({ '203.0.113.1': 'db-0' }, false),
      'target.hostnames: Single addresses have names only where your app gets them directly. Set headless to true, or leave the names out.',
    ],
    [
      'names of addresses behind an alias',
      service({
        target: { dnsName: 'a.example.com', hostnames: { '10.0.0.1': 'a' } },
      }),
      'target.hostnames: Single addresses have names only where your app gets them directly. Set headless to true, or leave the names out.',
    ],
    [
      'the name of another address',
      named({ '203.0.113.2': 'db-0' }),
      'target.hostnames.203.0.113.2: 203.0.113.2 is not one of the addresses. Add it to them, or remove its name.',
    ],
    [
      'a name with a dot for an address',
      named({ '203.0.113.1': 'db.0' }),
      'target.hostnames.203.0.113.1: Use lower-case letters, digits and hyphens; start and end with a letter or digit; at most 63 characters.',
    ],
    [
      'a client kept for more than a day',
      service({ sessionAffinity: { timeoutSeconds: 86_401 } }),
      'sessionAffinity.timeoutSeconds: Enter seconds from 1 to 86400.',
    ],
    [
      'a client kept on an alias',
      service({ sessionAffinity: {} }),
      'sessionAffinity: Only fixed addresses behind one cluster address can keep a client on one of them; a DNS alias and direct addresses cannot. Leave it out.',
    ],
    [
      'a client kept on direct addresses',
      { ...named({}), sessionAffinity: {} },
      'sessionAffinity: Only fixed addresses behind one cluster address can keep a client on one of them; a DNS alias and direct addresses cannot. Leave it out.',
    ],
    [
      'addresses of an alias that are not ready',
      service({ publishNotReadyAddresses: true }),
      'publishNotReadyAddresses: A DNS alias has no addresses of its own. Leave it out.',
    ],
  ])('refuses %s and names field and remedy', (_what, input, problem) => {
    expect(problems(input)).toContain(problem);
  });

  it('refuses unknown fields', () => {
    expect(problems(service({ nmae: 'x' }))).toHaveLength(1);
  });
});
