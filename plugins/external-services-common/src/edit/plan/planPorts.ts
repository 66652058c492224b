import type { CollectedExternalService } from '../../manifests/collectExternalServices';
import { isAlias } from '../../manifests/kinds';
import {
  integerAt,
  isObject,
  listAt,
  objectAt,
  textAt,
  type UntypedObject,
} from '../../manifests/reading';
import type { ExternalServicePort } from '../../model/ExternalService';
import { alignItems } from '../text/alignItems';
import { type EditPlan, emptyPlan, partsOf } from './EditPlan';
import { withField } from './fields';
import { SPEC_FIELDS } from './serviceSpec';

const PORT_FIELDS = ['name', 'port', 'targetPort', 'protocol', 'appProtocol'];

const HOLDER_FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'addressType',
  'addresses',
  'notReadyAddresses',
];

/** A port before and after; `before` is the entry of the Service, `was` what it meant. */
interface PortChange {
  before?: UntypedObject;
  was?: ExternalServicePort;
  after?: ExternalServicePort;
}

/**
 * Other ports, in the Service and in what holds its addresses. A port that
 * keeps its name or number keeps what else its entry says; kube-proxy joins
 * Service and slice by name and protocol, so both change together.
 */
export function planPorts(
  mapping: CollectedExternalService,
  ports: ExternalServicePort[],
): EditPlan {
  const { service, holders } = partsOf(mapping);
  const plan = emptyPlan();
  const spec = objectAt(service.manifest, 'spec');
  const before = listAt(spec, 'ports')
    .filter(isObject)
    .filter(port => integerAt(port, 'port') !== undefined);
  const changes = pairPorts(before, mapping.service.ports, ports);
  const alias = isAlias(service.manifest);
  const entries = changes.flatMap(change => {
    const entry = servicePort(change, alias);
    return entry ? [entry] : [];
  });
  plan.changed.set(service, {
    ...service.manifest,
    spec: withField(
      spec,
      'ports',
      entries.length > 0 ? entries : undefined,
      SPEC_FIELDS,
    ),
  });
  for (const holder of holders) {
    plan.changed.set(holder, holderWithPorts(holder.manifest, changes));
  }
  return plan;
}

/** In the order of `after`, and then what goes. */
function pairPorts(
  before: UntypedObject[],
  were: ExternalServicePort[],
  after: ExternalServicePort[],
): PortChange[] {
  const steps = alignItems(
    before.map(port => ({
      key: textAt(port, 'name') ?? '',
      name: `${integerAt(port, 'port')}/${protocolOf(port)}`,
    })),
    after.map(port => ({
      key: port.name ?? '',
      name: `${port.port}/${port.protocol}`,
    })),
  );
  return steps.map(step => ({
    ...('from' in step && { before: before[step.from], was: were[step.from] }),
    ...('to' in step && { after: after[step.to] }),
  }));
}

function servicePort(
  change: PortChange,
  alias: boolean,
): UntypedObject | undefined {
  const { before = {}, after } = change;
  return (
    after &&
    withPort(before, after, after.port, targetPortOf(change, after, alias))
  );
}

/** `targetPort` only documents where connections go, so it is written where it says something. */
function targetPortOf(
  { before = {}, was }: PortChange,
  after: ExternalServicePort,
  alias: boolean,
): unknown {
  const { port, targetPort } = before;
  const destination = after.targetPort ?? after.port;
  switch (typeof targetPort) {
    case 'number':
      return alias && targetPort !== port ? targetPort : destination;
    case 'string':
      return targetPort;
    default:
      // Who left it out where it differed before does without it.
      return alias ||
        destination === after.port ||
        was?.targetPort !== undefined
        ? undefined
        : destination;
  }
}

function withPort(
  before: UntypedObject,
  after: ExternalServicePort,
  number: number,
  targetPort: unknown,
): UntypedObject {
  const isNew = before.port === undefined;
  const protocol =
    isNew || protocolOf(before) !== after.protocol
      ? after.protocol
      : before.protocol;
  const fields: [string, unknown][] = [
    ['name', after.name],
    ['port', number],
    ['targetPort', targetPort],
    ['protocol', protocol],
    ['appProtocol', after.appProtocol],
  ];
  return fields.reduce(
    (entry, [name, value]) =>
      (entry[name] ?? undefined) === value
        ? entry
        : withField(entry, name, value, PORT_FIELDS),
    before,
  );
}

function holderWithPorts(
  manifest: UntypedObject,
  changes: PortChange[],
): UntypedObject {
  if (!Array.isArray(manifest.subsets)) {
    return withHolderPorts(manifest, changes);
  }
  return {
    ...manifest,
    subsets: manifest.subsets.map(subset =>
      isObject(subset) ? withHolderPorts(subset, changes) : subset,
    ),
  };
}

function withHolderPorts(
  holder: UntypedObject,
  changes: PortChange[],
): UntypedObject {
  const before = listAt(holder, 'ports').filter(isObject);
  const known = new Map(
    changes.flatMap(change =>
      change.before ? [[joinKey(change.before), change] as const] : [],
    ),
  );
  const kept = before.flatMap(entry => {
    const change = known.get(joinKey(entry));
    if (!change) {
      return [entry];
    }
    return change.after ? [holderPort(entry, change)] : [];
  });
  const isServed = known.size === 0 || before.length > 0;
  const added = changes.flatMap(({ before: old, after }) =>
    old || !after || !isServed
      ? []
      : [withPort({}, after, after.targetPort ?? after.port, undefined)],
  );
  const ports = [...kept, ...added];
  return ports.length === before.length && ports.length === 0
    ? holder
    : withField(holder, 'ports', ports, HOLDER_FIELDS);
}

function holderPort(
  entry: UntypedObject,
  { before = {}, after }: PortChange,
): UntypedObject {
  const wanted = after!;
  const changed = withPort(
    entry,
    wanted,
    wanted.targetPort ?? wanted.port,
    entry.targetPort,
  );
  // A slice may keep silent about the application's protocol.
  return textAt(before, 'appProtocol') === wanted.appProtocol
    ? withField(changed, 'appProtocol', entry.appProtocol, PORT_FIELDS)
    : changed;
}

/** What kube-proxy joins a port of the Service and one of a slice by. */
function joinKey(port: UntypedObject): string {
  return `${textAt(port, 'name') ?? ''} ${protocolOf(port)}`;
}

function protocolOf(port: UntypedObject): string {
  const protocol = textAt(port, 'protocol');
  return protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP';
}
