import { isDns1123Subdomain } from '../../kubernetes/names';
import type { Service } from '../decode/service';
import type { ReportAt } from '../Problem';
import { isHeadlessSpec } from './serviceDefaults';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

/** What the type demands and forbids. Source: `core/validation` validateService. */
export function validateTypeFields(
  service: Service,
  minor: number,
  report: ReportAt,
): void {
  const { spec } = service;
  const headless = isHeadlessSpec(service);
  if (!TYPES.includes(spec.type)) {
    report(
      'unsupported-value',
      'spec.type',
      `${JSON.stringify(spec.type)} is not a type of Service.`,
      `Use ${TYPES.join(', ')}; capitals matter.`,
    );
  }
  if (spec.ports.length === 0 && !headless && spec.type !== 'ExternalName') {
    report(
      'missing-ports',
      'spec.ports',
      'A Service with a cluster IP needs at least one port.',
      'Add spec.ports with the port the application uses.',
    );
  }
  if (headless && ['LoadBalancer', 'NodePort'].includes(spec.type)) {
    report(
      'not-allowed-for-type',
      'spec.clusterIPs[0]',
      `A Service of type ${spec.type} cannot be headless.`,
      'Remove clusterIP: None, or the type.',
    );
  }
  if (spec.type === 'LoadBalancer' && minor < 33) {
    validateKubeletPort(service, report);
  }
  if (spec.type === 'ExternalName') {
    validateAlias(service, report);
  }
}

const KUBELET_PORT = 10250;

/** Source: `core/validation` validateService, up to 1.32. */
function validateKubeletPort({ spec }: Service, report: ReportAt): void {
  for (const [index, port] of spec.ports.entries()) {
    if (port.port === KUBELET_PORT) {
      report(
        'not-allowed-for-type',
        `spec.ports[${index}]`,
        `Before Kubernetes 1.33 a load balancer cannot serve port ${KUBELET_PORT}.`,
        'Use another port.',
      );
    }
  }
}

/** Source: `core/validation` validateService, ExternalName. */
function validateAlias({ spec }: Service, report: ReportAt): void {
  const forbidden: [string, boolean][] = [
    ['clusterIPs', spec.clusterIPs.length > 0],
    ['ipFamilies', spec.ipFamilies.length > 0],
    ['ipFamilyPolicy', spec.ipFamilyPolicy !== undefined],
  ];
  for (const [field] of forbidden.filter(([, isSet]) => isSet)) {
    report(
      'not-allowed-for-type',
      `spec.${field}`,
      'An ExternalName Service is a DNS alias and has no address of its own.',
      `Remove ${field === 'clusterIPs' ? 'clusterIP and clusterIPs' : field}.`,
    );
  }
  const name = spec.externalName.replace(/\.$/, '');
  if (name === '') {
    report(
      'missing-external-name',
      'spec.externalName',
      'An ExternalName Service needs the name it leads to.',
      'Add spec.externalName with a host name such as db.example.com.',
    );
  } else if (!isDns1123Subdomain(name)) {
    report(
      'invalid-external-name',
      'spec.externalName',
      `${JSON.stringify(spec.externalName)} is not a host name.`,
      externalNameHint(name),
    );
  }
}

function externalNameHint(name: string): string {
  if (/[:/]/.test(name)) {
    return 'Write the host name only, without https://, port or path.';
  }
  if (isDns1123Subdomain(name.trim().toLowerCase())) {
    return `Write it as ${name.trim().toLowerCase()}.`;
  }
  if (/[\u0080-\uffff]/.test(name)) {
    return 'Write an international name in its ASCII form, such as xn--bcher-kva.example.';
  }
  return 'Use lower-case letters, digits, hyphens and dots; at most 253 characters.';
}
