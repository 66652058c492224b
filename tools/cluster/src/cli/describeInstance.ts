import type { ControlPlaneInfo } from '../control-plane/ControlPlaneInfo';
import { InstanceRecord, processesOf } from '../instances/Instance';

/** What a person needs to use a control plane. */
export function describeInfo(info: ControlPlaneInfo): string {
  const lines = [
    `  Kubernetes ${info.version} at ${info.server}`,
    info.dns && `  DNS at ${info.dns.host}:${info.dns.port} (UDP and TCP)`,
    `  export KUBECONFIG=${info.kubeconfigPath}`,
  ];
  return lines.filter(Boolean).join('\n');
}

/** What runs, since when, and who holds it. */
export function describeInstance(record: InstanceRecord): string {
  const processes = Object.entries(processesOf(record.directory))
    .map(([name, pid]) => `${name} ${pid}`)
    .join(', ');
  return [
    `${record.name}: ${record.info ? 'ready' : 'starting'}, since ${
      record.startedAt
    }, held by process ${record.owner}`,
    ...(record.info ? [describeInfo(record.info)] : []),
    `  processes: ${processes || 'none yet'}`,
    `  logs: ${record.directory}/logs`,
  ].join('\n');
}
