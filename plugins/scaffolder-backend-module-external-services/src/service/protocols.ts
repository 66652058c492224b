import type { Protocol } from '@external-services/backstage-plugin-external-services-common';

/**
 * What an app can speak, in the user's words, with what Kubernetes needs to know.
 *
 * @internal
 */
export interface AppProtocol {
  title: string;
  transport: Protocol;
  /** Usual port; absent when there is none, so that the user has to give one. */
  port?: number;
  /** Value of a port's `appProtocol`; absent where no consumer knows one. */
  appProtocol?: string;
}

/**
 * The choices of "What does your app speak?", in the order of the form.
 * Ports: IANA Service Name and Transport Protocol Port Number Registry.
 *
 * @internal
 */
export const PROTOCOLS = {
  postgresql: { title: 'PostgreSQL', transport: 'TCP', port: 5432 },
  mysql: { title: 'MySQL', transport: 'TCP', port: 3306 },
  https: { title: 'HTTPS', transport: 'TCP', port: 443, appProtocol: 'https' },
  http: { title: 'HTTP', transport: 'TCP', port: 80, appProtocol: 'http' },
  redis: { title: 'Redis', transport: 'TCP', port: 6379 },
  kafka: { title: 'Kafka', transport: 'TCP', port: 9092 },
  amqp: { title: 'AMQP', transport: 'TCP', port: 5672 },
  smtp: { title: 'SMTP', transport: 'TCP', port: 25 },
  tcp: { title: 'other TCP', transport: 'TCP' },
  udp: { title: 'other UDP', transport: 'UDP' },
} as const satisfies Record<string, AppProtocol>;

/** @internal */
export type ProtocolId = keyof typeof PROTOCOLS;

/** @internal */
export const PROTOCOL_IDS = Object.keys(PROTOCOLS) as [
  ProtocolId,
  ...ProtocolId[],
];

/** @internal */
export function protocolOf(id: ProtocolId): AppProtocol {
  return PROTOCOLS[id];
}
