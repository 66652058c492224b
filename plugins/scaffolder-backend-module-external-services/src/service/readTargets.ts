import type { Target } from '@external-services/backstage-plugin-external-services-common';
import type { ServiceRequest, TargetText } from './ServiceRequest';

/** @internal */
export type TargetRequest = Pick<
  ServiceRequest,
  'kind' | 'targets' | 'headless'
>;

/**
 * A target, with its environment unless it holds in all of them.
 *
 * @internal
 */
export type TargetEntry = [environment: string | undefined, target: Target];

/**
 * Reads what a person entered as targets: by environment, where an empty one is
 * left out, or one for all. Nothing is checked yet.
 *
 * @internal
 */
export function readTargets(request: TargetRequest): TargetEntry[] {
  const { targets } = request;
  const entries: [string | undefined, TargetText][] =
    typeof targets === 'string' || Array.isArray(targets)
      ? [[undefined, targets]]
      : Object.entries(targets);
  return entries.flatMap(([environment, text]): TargetEntry[] => {
    const values = valuesOf(text, request.kind);
    return values.length > 0 ? [[environment, targetOf(values, request)]] : [];
  });
}

/** Empty lines are nothing; case and dots are the model's business. */
function valuesOf(text: TargetText, kind: ServiceRequest['kind']): string[] {
  const parts = Array.isArray(text) ? text : [text];
  return parts
    .flatMap(part => (kind === 'dns' ? [part] : part.split(/[\s,]+/)))
    .map(part => part.trim())
    .filter(Boolean);
}

function targetOf(values: string[], request: TargetRequest): Target {
  return request.kind === 'dns'
    ? { dnsName: values.join(' ') }
    : {
        addresses: values,
        ...(request.headless && { headless: true }),
      };
}

/** What to say when no target was entered. */
export function missingTarget(kind: ServiceRequest['kind']): string {
  return kind === 'dns'
    ? 'Enter a host name, for example db.example.com.'
    : 'Enter at least one address, for example 203.0.113.1.';
}
