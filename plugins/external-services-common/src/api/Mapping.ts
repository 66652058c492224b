import type { ExternalServicePort, Target } from '../model/ExternalService';
import type { DerivedState } from '../state/DerivedState';
import type { StateCode } from '../state/StateCode';
import type { Finding } from '../validation/Finding';
import type { Check } from './Check';
import type { LineCluster, SyncStatus } from './LineCluster';
import type { Resolution } from './Resolution';

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
 * A mapping in one environment, with its state.
 *
 * @public
 */
export interface MappingLine extends DerivedState {
  /** Name of the environment; absent when the declaration holds in all of them. */
  environment?: { name: string; title: string; production: boolean };
  kind: MappingKind;
  target: Target;
  ports: ExternalServicePort[];
  namespace?: string;
  /** The worst of `clusters`; `unknown` without any. */
  sync: SyncStatus;
  /** In the configured order. Absent where no cluster is compared. */
  clusters?: LineCluster[];
  /** True when clusters of the line run different things. */
  clustersDiffer?: boolean;
  resolution: Resolution;
  /** Absent when it runs and no file declares it. */
  declaration?: Declaration;
  findings: Finding[];
  checks: Check[];
  /** The declared objects as YAML, for `Show YAML`; those of the first cluster when none are declared. */
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
  /** The worst state of the lines that are known; `unknown` when none is. */
  state: StateCode;
  /** In the configured order of the environments. */
  lines: MappingLine[];
}
