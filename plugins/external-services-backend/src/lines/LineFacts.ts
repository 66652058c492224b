import {
  isDnsTarget,
  type MappingLine,
  type StateCode,
} from '@external-services/backstage-plugin-external-services-common';

/**
 * What a change of a line is told by.
 *
 * @internal
 */
export interface LineFacts {
  /** Of the mapping. */
  name: string;
  namespace?: string;
  /** Name of the environment. Absent when the line holds in all of them. */
  environment?: string;
  state: StateCode;
  /** The DNS name, or the fixed addresses, each on its own. */
  target: string[];
  /** What the name resolves to, in order; empty for fixed addresses. */
  addresses: string[];
}

/**
 * The facts of a line.
 *
 * @internal
 */
export function lineFacts(name: string, line: MappingLine): LineFacts {
  const { environment, namespace, resolution, state, target } = line;
  return {
    name,
    ...(namespace && { namespace }),
    ...(environment && { environment: environment.name }),
    state,
    target: isDnsTarget(target) ? [target.dnsName] : target.addresses,
    addresses: resolution.addresses.map(({ address }) => address).sort(),
  };
}
