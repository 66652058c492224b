import { formatIp, ipFamily, parseIp } from '../kubernetes/ipAddress';
import { isDns1123Subdomain } from '../kubernetes/names';
import { MANAGED_BY } from '../catalog/annotations';
import { intendedKind } from '../manifests/kinds';
import {
  integerAt,
  listAt,
  objectAt,
  textAt,
  type UntypedObject,
} from '../manifests/reading';
import { SLICE_MANAGED_BY_LABEL } from '../model/ownMetadata';
import { keyPath } from './fieldPath';
import type { FieldChange, FindingFix } from './Finding';
import type { FindingCode } from './FindingCode';
import { valueAt } from './fieldValue';
import type { Problem } from './Problem';

/** What the object itself tells about the remedy; undefined when it takes a decision. */
type FixOf = (manifest: UntypedObject, path: string) => FindingFix | undefined;

const FIXES: Partial<Record<FindingCode, FixOf>> = {
  'invalid-external-name': lowerCase,
  'invalid-ip-address': canonicalAddress,
  'missing-port-name': portName,
  'missing-address-type': addressType,
  'unsupported-value': rightCase,
  'wrong-kind': rightKind,
  'wrong-type': withoutQuotes,
  'invalid-target-port': withoutQuotes,
  'server-set-field': (_manifest, path) => without(path),
  'local-traffic': (_manifest, path) => without(path),
  'traffic-distribution': (_manifest, path) => without(path),
  'ignored-field': ignored,
  'not-allowed-for-type': notForAlias,
  'hidden-slice': visible,
  'managed-by-controller': ownManager,
  'several-addresses': oneAddressEach,
};

/** The fix of a problem that needs no more than its object; undefined when there is none. */
export function mechanicalFix(
  manifest: UntypedObject,
  { code, path }: Problem,
): FindingFix | undefined {
  return FIXES[code]?.(manifest, path);
}

function write(path: string, value: string | number): FindingFix {
  return { title: `Write ${value}`, changes: [{ path, value }] };
}

function without(...paths: string[]): FindingFix {
  const [path] = paths;
  return {
    title: `Remove ${path}`,
    changes: paths.map((name): FieldChange => ({ path: name })),
  };
}

function lowerCase(manifest: UntypedObject, path: string) {
  const written = valueAt(manifest, path);
  const name = typeof written === 'string' ? written.trim().toLowerCase() : '';
  return isDns1123Subdomain(name.replace(/\.$/, ''))
    ? write(path, name)
    : undefined;
}

/** A zero in front is octal to some programs and decimal to others, so a person has to decide. */
const AMBIGUOUS = /(^|[.:])0+[0-9]+(\.|$)/;

function canonicalAddress(manifest: UntypedObject, path: string) {
  const written = valueAt(manifest, path);
  const text = typeof written === 'string' ? written.trim() : '';
  const ip = AMBIGUOUS.test(text) ? undefined : parseIp(text);
  return ip ? write(path, formatIp(ip)) : undefined;
}

function portName(manifest: UntypedObject, path: string) {
  const ports = listAt(objectAt(manifest, 'spec'), 'ports');
  const port = valueAt(manifest, path.replace(/\.name$/, ''));
  const number = integerAt(port, 'port');
  const protocol = (textAt(port, 'protocol') ?? 'TCP').toLowerCase();
  const name = `${protocol}-${number}`;
  const isFree = ports.every(other => textAt(other, 'name') !== name);
  return number !== undefined && isFree ? write(path, name) : undefined;
}

function addressType(manifest: UntypedObject, path: string) {
  const families = listAt(manifest, 'endpoints')
    .flatMap(endpoint => listAt(endpoint, 'addresses'))
    .map(address => {
      const ip = typeof address === 'string' ? parseIp(address) : undefined;
      return ip && ipFamily(ip);
    });
  const [family] = families;
  return family && families.every(other => other === family)
    ? write(path, family)
    : undefined;
}

/** The values of fields that take one of a few words. */
const WORDS: Record<string, string[]> = {
  type: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  protocol: ['TCP', 'UDP', 'SCTP'],
  addressType: ['IPv4', 'IPv6', 'FQDN'],
  ipFamilies: ['IPv4', 'IPv6'],
  ipFamilyPolicy: ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  sessionAffinity: ['ClientIP', 'None'],
  internalTrafficPolicy: ['Cluster', 'Local'],
  externalTrafficPolicy: ['Cluster', 'Local'],
};

function rightCase(manifest: UntypedObject, path: string) {
  const field = /([A-Za-z]+)(\[\d+\])?$/.exec(path)?.[1] ?? '';
  const written = valueAt(manifest, path);
  const words = Object.hasOwn(WORDS, field) ? WORDS[field] : [];
  const word = words.find(
    known =>
      typeof written === 'string' &&
      known.toLowerCase() === written.trim().toLowerCase(),
  );
  // The addresses know better what type they are.
  const byAddresses =
    path === 'addressType' ? addressType(manifest, path) : undefined;
  return byAddresses ?? (word ? write(path, word) : undefined);
}

function rightKind(manifest: UntypedObject, path: string) {
  const kind = intendedKind(manifest);
  if (!kind) {
    return undefined;
  }
  const apiVersion = kind === 'EndpointSlice' ? 'discovery.k8s.io/v1' : 'v1';
  return write(path, path === 'kind' ? kind : apiVersion);
}

const NUMBERS = /(^|\.)(port|targetPort|nodePort|timeoutSeconds)$/;

function withoutQuotes(manifest: UntypedObject, path: string) {
  const written = valueAt(manifest, path);
  return NUMBERS.test(path) &&
    typeof written === 'string' &&
    /^\s*[1-9][0-9]{0,8}\s*$/.test(written)
    ? write(path, Number(written))
    : undefined;
}

function ignored(manifest: UntypedObject, path: string) {
  // The configuration alone would be refused.
  return path === 'spec.sessionAffinity' &&
    valueAt(manifest, 'spec.sessionAffinityConfig') !== undefined
    ? without(path, 'spec.sessionAffinityConfig')
    : without(path);
}

function notForAlias(manifest: UntypedObject, path: string) {
  if (valueAt(manifest, 'spec.type') !== 'ExternalName') {
    return undefined;
  }
  switch (path) {
    case 'spec.clusterIPs':
      return without('spec.clusterIP', 'spec.clusterIPs');
    case 'spec.ipFamilies':
    case 'spec.ipFamilyPolicy':
      return without(path);
    default:
      return undefined;
  }
}

const HIDING = /^service\.kubernetes\.io\/(headless|service-proxy-name)$/;

function visible(manifest: UntypedObject, path: string) {
  const labels = Object.keys(objectAt(objectAt(manifest, 'metadata'), 'labels'))
    .filter(label => HIDING.test(label))
    .map(label => keyPath(path, label));
  return labels.length > 0 ? without(...labels) : undefined;
}

function ownManager(_manifest: UntypedObject, path: string) {
  return write(keyPath(path, SLICE_MANAGED_BY_LABEL), MANAGED_BY);
}

/** What else an endpoint says, its name above all, may be about one of its addresses. */
function oneAddressEach(manifest: UntypedObject, path: string) {
  const endpoints = listAt(manifest, 'endpoints');
  const isPlain = endpoints.every(
    endpoint =>
      listAt(endpoint, 'addresses').length <= 1 ||
      Object.keys(endpoint as object).length === 1,
  );
  return isPlain && /^endpoints\[\d+\]\.addresses$/.test(path)
    ? {
        title: 'Write an endpoint for each address',
        changes: [
          {
            path: 'endpoints',
            value: endpoints.flatMap(endpoint => {
              const addresses = listAt(endpoint, 'addresses');
              return addresses.length > 1
                ? addresses.map(address => ({ addresses: [address] }))
                : [endpoint];
            }),
          },
        ],
      }
    : undefined;
}
