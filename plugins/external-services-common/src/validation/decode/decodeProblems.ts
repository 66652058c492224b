import type { ExternalServiceKind } from '../../manifests/kinds';
import { fieldOf } from '../../manifests/reading';
import { collectProblems, type Problem, type ReportAt } from '../Problem';
import type { Decoder } from './Decoder';
import { endpoints } from './endpoints';
import { endpointSlice } from './endpointSlice';
import { service } from './service';

const API_VERSIONS: Record<ExternalServiceKind, string> = {
  Service: 'v1',
  Endpoints: 'v1',
  EndpointSlice: 'discovery.k8s.io/v1',
};

const DECODERS: Record<ExternalServiceKind, Decoder<unknown>> = {
  Service: service,
  Endpoints: endpoints,
  EndpointSlice: endpointSlice,
};

/** First minor version with `hints.forNodes`. */
const NODE_HINTS_SINCE = 33;

/**
 * What keeps the server from reading an object of the kind: a wrong kind or
 * version, a value of the wrong type, a field it does not know.
 * Source: apimachinery `runtime/serializer/json` and the API types.
 */
export function decodeProblems(
  manifest: Record<string, unknown>,
  kind: ExternalServiceKind,
  minor: number,
): Problem[] {
  const { problems, report } = collectProblems();
  const apiVersion = API_VERSIONS[kind];
  const right = { kind, apiVersion };
  for (const field of ['apiVersion', 'kind'] as const) {
    const written = fieldOf(manifest, field);
    if (written !== right[field]) {
      report(
        'wrong-kind',
        field,
        `${field} is ${JSON.stringify(
          written ?? null,
        )}, and the server knows no such objects.`,
        `Write ${field}: ${right[field]}.`,
      );
    }
  }
  if (problems.length > 0) {
    return problems;
  }
  DECODERS[kind](manifest, '', report);
  if (minor < NODE_HINTS_SINCE) {
    reportNodeHints(manifest, report);
  }
  return problems;
}

function reportNodeHints(
  manifest: Record<string, unknown>,
  report: ReportAt,
): void {
  const list = fieldOf(manifest, 'endpoints');
  for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
    const path = `endpoints[${index}].hints.forNodes`;
    if (fieldOf(fieldOf(item, 'hints'), 'forNodes') !== undefined) {
      report(
        'unknown-field',
        path,
        `Kubernetes knows the field ${path} since 1.${NODE_HINTS_SINCE}.`,
        'Remove it.',
      );
    }
  }
}
