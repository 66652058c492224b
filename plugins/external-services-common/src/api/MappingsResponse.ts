import type { Finding } from '../validation/Finding';
import type { ExternalServicePort, Target } from '../model/ExternalService';
import type { StateCode } from '../state/StateCode';

/**
 * Kind of a mapping in plain words: `dns-alias` is ExternalName,
 * `fixed-addresses` a Service without selector, `fixed-addresses-direct` a headless one.
 *
 * @public
 */
export type MappingKind =
  | 'dns-alias'
  | 'fixed-addresses'
  | 'fixed-addresses-direct';

/**
 * Whether the cluster runs what the repository declares.
 *
 * @public
 */
export type SyncStatus =
  | 'unknown'
  | 'inSync'
  | 'drifted'
  | 'notApplied'
  | 'undeclared';

/**
 * What DNS said about a target, as one status.
 *
 * @public
 */
export type ResolutionStatus =
  | 'resolved'
  | 'stale'
  | 'failed'
  | 'notVisibleHere'
  | 'notApplicable'
  | 'pending';

/**
 * Why a name could not be resolved. `no-such-name` is NXDOMAIN, `no-address` an
 * empty answer, `no-answer` a time-out, `server-failed` SERVFAIL, `refused`
 * REFUSED, `alias-loop` a CNAME chain that does not end.
 *
 * @public
 */
export type ResolutionFailure =
  | 'no-such-name'
  | 'no-address'
  | 'no-answer'
  | 'server-failed'
  | 'refused'
  | 'alias-loop'
  | 'malformed-answer';

/**
 * One step of a CNAME chain.
 *
 * @public
 */
export interface ResolvedAlias {
  name: string;
  target: string;
  /** Seconds. */
  ttl: number;
}

/**
 * One address of an answer.
 *
 * @public
 */
export interface ResolvedAddress {
  address: string;
  /** Seconds. */
  ttl: number;
}

/**
 * What one resolver answered for one target.
 *
 * @public
 */
export interface Resolution {
  status: ResolutionStatus;
  /** Title of the viewpoint, for example `portal`. */
  viewpoint?: string;
  chain: ResolvedAlias[];
  addresses: ResolvedAddress[];
  failure?: ResolutionFailure;
  /** The name at the end of the chain that failed. */
  failingName?: string;
  /** ISO 8601; first failure of the present row of failures. */
  since?: string;
  /** ISO 8601; the last time the resolver was asked. */
  checkedAt?: string;
  /** The last good answer while the present one is a failure. */
  lastGood?: { addresses: ResolvedAddress[]; at: string };
}

/**
 * The five checks of a connection, in the order it travels.
 *
 * @public
 */
export type CheckName =
  | 'repository'
  | 'cluster'
  | 'dns'
  | 'connection'
  | 'certificate';

/**
 * Why a check did not run.
 *
 * @public
 */
export type NotCheckedReason =
  | 'no-cluster'
  | 'probes-off'
  | 'no-address'
  | 'no-connection'
  | 'fixed-addresses'
  | 'not-visible-here'
  | 'pending'
  | 'invalid';

/**
 * Result of one check of one line.
 *
 * @public
 */
export interface Check {
  check: CheckName;
  result: 'passed' | 'warning' | 'failed' | 'notChecked';
  notCheckedReason?: NotCheckedReason;
  /** Title of the source or viewpoint that saw it. */
  seenFrom?: string;
  /** ISO 8601. */
  seenAt?: string;
}

/**
 * Why a line has its state: a code to translate, with its parameters.
 *
 * @public
 */
export interface StateReason {
  state: StateCode;
  /** Chooses the sentence within the state, for example a ResolutionFailure. */
  code?: string;
  params: Record<string, string | number>;
}

/**
 * Where a mapping is declared.
 *
 * @public
 */
export interface Declaration {
  /** File relative to the repository root. */
  path: string;
  line: number;
  /** Link to that line, when the integration can make one. */
  url?: string;
  /** Id of the source in `sources`. */
  source: string;
}

/**
 * A mapping in one environment.
 *
 * @public
 */
export interface MappingLine {
  /** Name of the environment; absent when the declaration holds in all of them. */
  environment?: { name: string; title: string; production: boolean };
  kind: MappingKind;
  target: Target;
  ports: ExternalServicePort[];
  namespace?: string;
  state: StateCode;
  /** All that hold, worst first; the first belongs to `state`. */
  reasons: StateReason[];
  /** ISO 8601; since when the state holds. */
  since?: string;
  seenFrom?: string;
  /** ISO 8601; when the evidence was seen. */
  seenAt?: string;
  /** True when the evidence is older than it should be: green turns neutral. */
  stale: boolean;
  sync: SyncStatus;
  resolution: Resolution;
  declaration: Declaration;
  findings: Finding[];
  checks: Check[];
  /** The declared objects as YAML, for `Show YAML`. */
  yaml: string;
}

/**
 * One in-cluster name of an entity with its lines.
 *
 * @public
 */
export interface Mapping {
  /** Stable within the entity: `<namespace or empty>/<name>`. */
  id: string;
  name: string;
  /** Absent when it differs by environment or is left to the deployment. */
  namespace?: string;
  /** `name.namespace.svc.cluster.local`, or `name` while the namespace is unknown. */
  fullName: string;
  kind: MappingKind;
  ports: ExternalServicePort[];
  /** The worst state of the lines. */
  state: StateCode;
  /** In the configured order of the environments. */
  lines: MappingLine[];
}

/**
 * State of one source of an answer.
 *
 * @public
 */
export interface SourceStatus {
  id: string;
  kind: 'repository' | 'cluster' | 'dns';
  /** What a person calls it, for example `example.org/shop/orders`. */
  title: string;
  url?: string;
  status: 'ok' | 'pending' | 'failed';
  /** Why it failed, in words for a person. */
  error?: string;
  /** ISO 8601; last success. */
  seenAt?: string;
  /** ISO 8601; last attempt. */
  attemptedAt?: string;
  /** Repositories: how the files were looked for, and what came of it. */
  repository?: {
    mode: 'annotation' | 'conventional';
    host: string;
    branch?: string;
    patterns: string[];
    /** Patterns of the annotation that matched no file. */
    missing: string[];
    /** Files that were read, relative to the repository root. */
    files: string[];
  };
}

/**
 * Answer of `GET /entities/:kind/:namespace/:name/mappings`.
 *
 * @public
 */
export interface MappingsResponse {
  /** Worst first. */
  items: Mapping[];
  sources: SourceStatus[];
  /** Findings that belong to a file and not to a mapping. */
  findings: Finding[];
  /** ISO 8601; when the oldest evidence in this answer was seen. Absent while nothing was read. */
  seenAt?: string;
  /** What the caller may do; a template is absent when it is missing or hidden. */
  actions: { refresh: boolean; addTemplate?: string };
}

/**
 * Answer of `POST /entities/:kind/:namespace/:name/refresh`. `refreshed`: all was
 * checked, for better or worse; `checking`: some of it is still being checked, and
 * the mappings follow; `tooSoon`: it was checked just now and nothing was started.
 *
 * @public
 */
export interface RefreshResponse {
  status: 'refreshed' | 'checking' | 'tooSoon';
  /** Seconds until another refresh is accepted; only `tooSoon` counts them, else 0. */
  retryAfter: number;
  /** ISO 8601; when a repository of the entity was last asked, whatever it answered. */
  checkedAt?: string;
}

/**
 * One row of the fleet: a mapping with the entity it belongs to.
 *
 * @public
 */
export interface FleetItem {
  entityRef: string;
  owner?: string;
  mapping: Mapping;
}

/**
 * Answer of `GET /mappings` and `GET /targets/:target`.
 *
 * @public
 */
export interface FleetResponse {
  items: FleetItem[];
  /** Opaque; absent on the last page. */
  nextCursor?: string;
}
