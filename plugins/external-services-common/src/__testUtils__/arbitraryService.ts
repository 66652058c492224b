import fc from 'fast-check';
import { canonicalIp, parseIp, specialRange } from '../kubernetes/ipAddress';
import {
  type EnvironmentOverride,
  type ExternalService,
  type ExternalServicePort,
  isDnsTarget,
  type Target,
} from '../model/ExternalService';

/** Names that YAML 1.1 reads as something else, and ordinary ones. */
export const arbitraryName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('on', 'off', 'yes', 'no', 'y', 'n', 'null', 'true', 'e1'),
  fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/),
);

const dnsLabel = fc.oneof(
  fc.constantFrom('1e3', '0x1f', '017', '1', 'on', 'db'),
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/),
);

const dnsName = fc
  .tuple(
    fc.array(dnsLabel, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      'com',
      'example.com',
      'example.com.',
      'xn--bcher-kva.example',
    ),
  )
  .map(([labels, domain]) => `${labels.join('.')}.${domain}`);

const address = fc
  .oneof(fc.ipV4(), fc.ipV6())
  .map(text => canonicalIp(text)!)
  .filter(text => {
    const ip = parseIp(text)!;
    return ip.strict && specialRange(ip) === undefined;
  });

const protocol = fc.constantFrom(
  'TCP' as const,
  'UDP' as const,
  'SCTP' as const,
);

function ports(options: {
  minLength: number;
  translated: boolean;
}): fc.Arbitrary<ExternalServicePort[]> {
  const port = fc.record(
    {
      name: fc.oneof(fc.constantFrom('no', '80', '1e3'), arbitraryName),
      port: fc.integer({ min: 1, max: 65535 }),
      targetPort: fc.integer({ min: 1, max: 65535 }),
      protocol,
      appProtocol: fc.constantFrom('http', 'https', 'kubernetes.io/h2c', 'no'),
    },
    { requiredKeys: ['port', 'protocol'] },
  );
  return fc
    .uniqueArray(port, {
      minLength: options.minLength,
      maxLength: 4,
      selector: ({ name, port: number, protocol: proto }) =>
        name ?? `${proto.toLowerCase()}-${number}`,
    })
    .filter(list => {
      const keys = list.map(item => `${item.port}/${item.protocol}`);
      return new Set(keys).size === keys.length;
    })
    .map(list =>
      options.translated
        ? list
        : list.map(({ targetPort: _, ...rest }) => rest),
    );
}

const variant: fc.Arbitrary<{ target: Target; ports: ExternalServicePort[] }> =
  fc.oneof(
    fc.record({
      target: fc.record({ dnsName }),
      ports: ports({ minLength: 0, translated: false }),
    }),
    fc.record({
      target: fc.record(
        {
          addresses: fc.uniqueArray(address, { minLength: 1, maxLength: 6 }),
          headless: fc.constant(false),
        },
        { requiredKeys: ['addresses'] },
      ),
      ports: ports({ minLength: 1, translated: true }),
    }),
    fc.record({
      target: fc
        .uniqueArray(fc.tuple(address, fc.option(dnsLabel)), {
          minLength: 1,
          maxLength: 6,
          selector: ([text]) => text,
        })
        .map(directTarget),
      ports: ports({ minLength: 0, translated: false }),
    }),
  );

/** Addresses for the application itself, some with names of their own. */
function directTarget(named: [string, string | null][]): Target {
  const hostnames = named.filter(([, name]) => name !== null);
  return {
    addresses: named.map(([text]) => text),
    headless: true,
    ...(hostnames.length > 0 && {
      hostnames: Object.fromEntries(hostnames) as Record<string, string>,
    }),
  };
}

const texts = fc.dictionary(
  fc.constantFrom('team', 'example.com/tier', 'app.kubernetes.io/part-of'),
  fc.constantFrom('no', '1_000', 'shop', '1.2', 'true', ''),
  { maxKeys: 3 },
);

const overrides: fc.Arbitrary<Record<string, EnvironmentOverride>> =
  fc.dictionary(
    fc.constantFrom('dev', 'staging', 'prod', 'on'),
    fc
      .tuple(variant, fc.option(arbitraryName, { nil: undefined }))
      .map(([chosen, namespace]) => ({ ...chosen, namespace })),
    { minKeys: 1, maxKeys: 4 },
  );

const traffic: fc.Arbitrary<
  Pick<ExternalService, 'sessionAffinity' | 'publishNotReadyAddresses'>
> = fc.record(
  {
    sessionAffinity: fc.record(
      { timeoutSeconds: fc.integer({ min: 1, max: 86_400 }) },
      { requiredKeys: [] },
    ),
    publishNotReadyAddresses: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Services that `externalServiceSchema` accepts. */
export const arbitraryService: fc.Arbitrary<ExternalService> = fc
  .record({
    name: arbitraryName,
    namespace: fc.option(arbitraryName, { nil: undefined }),
    shared: variant,
    traffic,
    labels: fc.option(texts, { nil: undefined }),
    annotations: fc.option(texts, { nil: undefined }),
    environments: fc.option(overrides, { nil: undefined }),
  })
  .map(({ shared, traffic: wanted, ...service }) => ({
    ...service,
    ...shared,
    ...effective(wanted, { ...service, ...shared }),
  }));

/** Leaves out what has no effect in any environment; the schema refuses it. */
function effective(
  wanted: Pick<ExternalService, 'sessionAffinity' | 'publishNotReadyAddresses'>,
  service: ExternalService,
): typeof wanted {
  const targets = Object.values(service.environments ?? { all: {} }).flatMap(
    ({ target = service.target }) => target ?? [],
  );
  const fixed = targets.flatMap(target => (isDnsTarget(target) ? [] : target));
  return {
    ...(fixed.some(({ headless }) => !headless) && {
      sessionAffinity: wanted.sessionAffinity,
    }),
    ...(fixed.length > 0 && {
      publishNotReadyAddresses: wanted.publishNotReadyAddresses,
    }),
  };
}
