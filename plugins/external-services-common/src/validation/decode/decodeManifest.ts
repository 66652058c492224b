import type { ExternalServiceKind } from '../../manifests/kinds';
import { fieldOf } from '../../manifests/reading';
import { collectProblems, type Problem, type ReportAt } from '../Problem';
import type { Decoder } from './Decoder';
import { DecodingPlace } from './DecodingPlace';
import { type Endpoints, endpoints } from './endpoints';
import { type EndpointSlice, endpointSlice } from './endpointSlice';
import { type Service, service } from './service';

/** What objects of each kind are decoded to. */
export interface DecodedKinds {
  Service: Service;
  Endpoints: Endpoints;
  EndpointSlice: EndpointSlice;
}

const API_VERSIONS: Record<ExternalServiceKind, string> = {
  Service: 'v1',
  Endpoints: 'v1',
  EndpointSlice: 'discovery.k8s.io/v1',
};

/** Decoders of each kind. */
export const DECODERS: {
  [Kind in ExternalServiceKind]: Decoder<DecodedKinds[Kind]>;
} = {
  Service: service,
  Endpoints: endpoints,
  EndpointSlice: endpointSlice,
};

/** First minor version with `hints.forNodes`. */
export const NODE_HINTS_SINCE = 33;

/** An object as the server reads it, and what kept it from reading more. */
export interface DecodedManifest<Kind extends ExternalServiceKind> {
  /** Undefined when kind or version are wrong. */
  decoded?: DecodedKinds[Kind];
  problems: Problem[];
}

/**
 * Reads an object of the kind. Problems are a wrong kind or version, a value of
 * the wrong type, a field that the server does not know.
 * Source: apimachinery `runtime/serializer/json` and the API types.
 */
export function decodeManifest<Kind extends ExternalServiceKind>(
  manifest: Record<string, unknown>,
  kind: Kind,
  minor: number,
): DecodedManifest<Kind> {
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
    return { problems };
  }
  const decoded = DECODERS[kind](manifest, new DecodingPlace(report));
  if (minor < NODE_HINTS_SINCE) {
    reportNodeHints(manifest, report);
  }
  return { decoded, problems };
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
