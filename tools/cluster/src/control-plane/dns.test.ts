import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Answer, decode, encode, Packet } from 'dns-packet';
import { waitUntil } from '../process/waitUntil';
import { createNamespace } from '../testing/createNamespace';
import { describeWithControlPlane } from '../testing/describeWithControlPlane';
import { sharedControlPlane } from '../testing/sharedControlPlane';
import type { ClusterClient } from './ClusterClient';

jest.setTimeout(90_000);

async function query(port: number, name: string): Promise<Packet> {
  const socket = createSocket('udp4');
  try {
    const question = encode({
      type: 'query',
      id: 1,
      flags: 1 << 8,
      questions: [{ type: 'A', name }],
    });
    socket.send(question, port, '127.0.0.1');
    const [answer] = await once(socket, 'message', {
      signal: AbortSignal.timeout(5_000),
    });
    return decode(answer);
  } finally {
    socket.close();
  }
}

describeWithControlPlane('the DNS of a control plane', () => {
  let cluster: ClusterClient;
  let namespace: string;

  const answersFor = async (service: string): Promise<Answer[]> => {
    const name = `${service}.${namespace}.svc.cluster.local`;
    let answers: Answer[] = [];
    await waitUntil(
      async () => {
        const packet = await query(cluster.info.dns!.port, name);
        answers = packet.answers ?? [];
        return answers.length > 0;
      },
      { description: `an answer for ${name}`, timeoutMs: 15_000 },
    );
    return answers;
  };

  beforeAll(async () => {
    cluster = await sharedControlPlane();
    namespace = await createNamespace(cluster);
  });

  it('answers a CNAME for an ExternalName Service', async () => {
    await cluster.kubectl([
      'create',
      'service',
      'externalname',
      'db',
      '--external-name=db.example.com',
      `--namespace=${namespace}`,
    ]);
    await expect(answersFor('db')).resolves.toEqual([
      expect.objectContaining({ type: 'CNAME', data: 'db.example.com' }),
    ]);
  });

  it('answers the addresses of a headless Service from its slices', async () => {
    const manifest = `
apiVersion: v1
kind: Service
metadata: {name: direct, namespace: ${namespace}}
spec: {clusterIP: None, ports: [{port: 80}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: direct-ipv4
  namespace: ${namespace}
  labels: {kubernetes.io/service-name: direct}
addressType: IPv4
ports: [{port: 80}]
endpoints: [{addresses: [203.0.113.7]}]
`;
    await cluster.kubectl(['apply', '--filename=-'], manifest);
    await expect(answersFor('direct')).resolves.toEqual([
      expect.objectContaining({ type: 'A', data: '203.0.113.7' }),
    ]);
  });
});
