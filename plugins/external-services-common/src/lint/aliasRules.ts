import { leadsIntoCluster } from '../live/leadsIntoCluster';
import type { FindingCode } from '../validation/FindingCode';
import type { LintContext } from './LintContext';
import type { LintReport } from './LintProblem';
import type { LintSubject } from './LintSubject';

const PATH = 'spec.externalName';

/** Source: RFC 1035 section 2.3.4. */
const MAX_LABEL = 63;

const LOOPBACK_NAMES = [
  'localhost',
  'localhost.localdomain',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
];
const METADATA_NAMES = ['metadata.google.internal', 'metadata.goog'];

/** What is wrong with an alias although the server accepts it. */
export function lintAlias(
  subject: LintSubject,
  context: LintContext,
  report: LintReport,
): void {
  const { spec } = subject.service;
  if (spec.type !== 'ExternalName') {
    return;
  }
  const name = spec.externalName.replace(/\.$/, '').toLowerCase();
  if (name !== '') {
    lintName(name, subject, context.clusterDomain ?? 'cluster.local', report);
    lintAliasPorts(name, subject, report);
    lintGateway(subject, context, report);
  }
}

/** The first of these says it all. */
function lintName(
  name: string,
  { object }: LintSubject,
  clusterDomain: string,
  report: LintReport,
): void {
  const labels = name.split('.');
  const warn = (code: FindingCode, message: string, hint: string) =>
    report({ object, severity: 'warning', code, path: PATH, message, hint });
  if (labels.every(label => /^[0-9]+$/.test(label))) {
    warn(
      'looks-like-ip',
      `${name} looks like an IP address; the cluster's DNS answers nothing for it.`,
      'Use a Service without selector and an EndpointSlice for IP addresses.',
    );
  } else if (LOOPBACK_NAMES.includes(name) || name.endsWith('.localhost')) {
    warn(
      'loopback-target',
      `${name} always means the machine itself, whoever asks.`,
      'Use the name of the machine that is meant.',
    );
  } else if (METADATA_NAMES.includes(name)) {
    warn(
      'metadata-address',
      `${name} leads to the cloud's machine metadata, which holds credentials.`,
      'Give applications their credentials by workload identity.',
    );
  } else if (labels.length === 1) {
    warn(
      'single-label-name',
      `${name} has no domain; the cluster's DNS looks it up as it stands and finds nothing.`,
      `Use the full name, such as ${name}.example.com.`,
    );
  } else if (leadsIntoCluster(name, clusterDomain)) {
    warn(
      'in-cluster-target',
      `${name} leads to another service inside the cluster.`,
      'Let the application use that name itself; forwarding across namespaces also passes by network policies.',
    );
  } else if (labels.some(label => label.length > MAX_LABEL)) {
    warn(
      'unresolvable-name',
      'DNS allows 63 characters between two dots, so this name can never be found.',
      'Correct the name.',
    );
  }
  // What is no name at all is the API server's to refuse.
}

const TLS_PORTS = [443, 8443];
const TLS_PROTOCOLS = ['https', 'kubernetes.io/wss', 'grpcs', 'tls'];

function lintAliasPorts(
  name: string,
  { object, service }: LintSubject,
  report: LintReport,
): void {
  const { ports } = service.spec;
  if (ports.length > 0) {
    report({
      object,
      severity: 'info',
      code: 'ports-on-alias',
      path: 'spec.ports',
      message:
        'Ports of an alias only document it: DNS does not know them, and nothing changes the port.',
      hint: 'Configure the application with the port of the target.',
    });
  }
  const tls = ports.findIndex(
    port =>
      TLS_PORTS.includes(port.port) ||
      TLS_PROTOCOLS.includes(port.appProtocol ?? '') ||
      /^(https|tls)(-|$)/.test(port.name),
  );
  if (tls >= 0) {
    report({
      object,
      severity: 'info',
      code: 'tls-name-mismatch',
      path: `spec.ports[${tls}]`,
      message: `${name} shows a certificate for its own name, but the application asks for ${service.metadata.name}.`,
      hint: `Set the server name and the Host header to ${name} in the client, or let a gateway do it.`,
    });
  }
}

function lintGateway(
  { object }: LintSubject,
  { gateway }: LintContext,
  report: LintReport,
): void {
  if (gateway === 'envoy-gateway') {
    report({
      object,
      severity: 'warning',
      code: 'gateway-refuses-alias',
      path: 'spec.type',
      message: 'Envoy Gateway refuses routes to ExternalName Services.',
      hint: 'Use a Backend of Envoy Gateway with the host name for routes.',
    });
  }
}
