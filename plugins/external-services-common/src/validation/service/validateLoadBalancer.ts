import { parseCidr } from '../../kubernetes/cidr';
import { isQualifiedName } from '../../kubernetes/names';
import type { Service } from '../decode/service';
import { keyPath } from '../fieldPath';
import type { ReportAt } from '../Problem';

const SOURCE_RANGES_ANNOTATION =
  'service.beta.kubernetes.io/load-balancer-source-ranges';
const ANNOTATION_PATH = keyPath(
  'metadata.annotations',
  SOURCE_RANGES_ANNOTATION,
);
// The API server reports the field with this capital letter.
const FIELD_PATH = 'spec.LoadBalancerSourceRanges';

/** Source: `core/validation` validateService and validateLoadBalancerClassField. */
export function validateLoadBalancer(
  service: Service,
  existing: Service | undefined,
  minor: number,
  report: ReportAt,
): void {
  const { spec } = service;
  validateSourceRanges(service, existing, minor, report);
  if (spec.type !== 'LoadBalancer') {
    for (const field of [
      'allocateLoadBalancerNodePorts',
      'loadBalancerClass',
    ] as const) {
      if (spec[field] !== undefined) {
        report(
          'not-allowed-for-type',
          `spec.${field}`,
          `${field} is for Services of type LoadBalancer.`,
          'Remove it.',
        );
      }
    }
  } else if (
    spec.loadBalancerClass !== undefined &&
    !isQualifiedName(spec.loadBalancerClass)
  ) {
    report(
      'unsupported-value',
      'spec.loadBalancerClass',
      `${JSON.stringify(
        spec.loadBalancerClass,
      )} is not a class of load balancers.`,
      'Use a name such as example.com/internal.',
    );
  }
}

/** Source: `core/validation` validateService; values are checked one by one since 1.33. */
function validateSourceRanges(
  { metadata, spec }: Service,
  existing: Service | undefined,
  minor: number,
  report: ReportAt,
): void {
  const annotation = metadata.annotations.get(SOURCE_RANGES_ANNOTATION);
  const fromField = spec.loadBalancerSourceRanges.length > 0;
  if (!fromField && annotation === undefined) {
    return;
  }
  const path = fromField ? FIELD_PATH : ANNOTATION_PATH;
  if (spec.type !== 'LoadBalancer') {
    report(
      'not-allowed-for-type',
      path,
      'Source ranges are for Services of type LoadBalancer.',
      'Remove them.',
    );
  }
  const stored = new Set(
    fromField
      ? existing?.spec.loadBalancerSourceRanges.map(range => range.trim())
      : [],
  );
  const unchanged =
    !fromField &&
    annotation === existing?.metadata.annotations.get(SOURCE_RANGES_ANNOTATION);
  const ranges = fromField
    ? spec.loadBalancerSourceRanges
    : (annotation ?? '').split(',').filter(() => annotation?.trim() !== '');
  for (const [index, range] of ranges.map(text => text.trim()).entries()) {
    const cidr = parseCidr(range);
    const accepted = cidr && (minor < 36 || cidr.strict);
    if (!accepted && !unchanged && !stored.has(range)) {
      report(
        'invalid-ip-address',
        fromField && minor >= 33 ? `${FIELD_PATH}[${index}]` : path,
        `${JSON.stringify(range)} is not a range of addresses.`,
        'Write it like 203.0.113.0/24.',
      );
    }
  }
}
