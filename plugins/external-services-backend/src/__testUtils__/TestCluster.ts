import type { ClusterClient } from 'cluster/control-plane';
import { createNamespace } from 'cluster/testing';
import type { ClusterConfig } from '../config/ExternalServicesConfig';
import { grantingRule } from '../cluster/grantingRule';
import { FaultProxy } from './FaultProxy';

/** An ExternalName Service. */
export const alias = (name: string, target: string, metadata = '') => `
apiVersion: v1
kind: Service
metadata: {name: ${name}${metadata && `, ${metadata}`}}
spec: {type: ExternalName, externalName: ${target}}
`;

/** A Service without selector, with an EndpointSlice. */
export const addresses = (name: string, address: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {ports: [{name: http, port: 80}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ${name}-1, labels: {kubernetes.io/service-name: ${name}}}
addressType: IPv4
ports: [{name: http, port: 80}]
endpoints: [{addresses: [${address}]}]
`;

/** The least that the product needs, as the documentation has it. */
export const LEAST = [grantingRule('services'), grantingRule('endpointslices')];

/**
 * A namespace of a real control plane, read as a service account with rights of
 * its own and by way of a proxy that can fail.
 */
export class TestCluster {
  readonly client: ClusterClient;
  readonly namespace: string;
  readonly proxy: FaultProxy;
  readonly #token: string;

  static async create(client: ClusterClient): Promise<TestCluster> {
    const namespace = await createNamespace(client);
    const kubectl = (...args: string[]) =>
      client.kubectl([`--namespace=${namespace}`, ...args]);
    await kubectl('create', 'serviceaccount', 'portal');
    const token = await kubectl('create', 'token', 'portal');
    const proxy = await FaultProxy.start(
      client.info.server,
      client.adminCredentials().ca,
    );
    return new TestCluster(client, namespace, proxy, token.trim());
  }

  private constructor(
    client: ClusterClient,
    namespace: string,
    proxy: FaultProxy,
    token: string,
  ) {
    this.client = client;
    this.namespace = namespace;
    this.proxy = proxy;
    this.#token = token;
  }

  /** How the portal is to reach it. */
  config(over: Partial<ClusterConfig> = {}): ClusterConfig {
    return {
      name: 'eu',
      title: 'Europe',
      access: {
        kind: 'token',
        url: this.proxy.url,
        token: this.#token,
        skipTLSVerify: false,
      },
      namespaces: [this.namespace],
      ...over,
    };
  }

  /** Gives the service account exactly these rules, in its namespace or in all. */
  async grant(rules: string[], scope: 'Role' | 'ClusterRole' = 'Role') {
    const name = `portal-${this.namespace}`;
    const metadata = `{name: ${name}${
      scope === 'Role' ? `, namespace: ${this.namespace}` : ''
    }}`;
    await this.apply(`
apiVersion: rbac.authorization.k8s.io/v1
kind: ${scope}
metadata: ${metadata}
rules:
${rules.join('')}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${scope}Binding
metadata: ${metadata}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${scope}, name: ${name}}
subjects: [{kind: ServiceAccount, name: portal, namespace: ${this.namespace}}]
`);
  }

  async apply(manifests: string) {
    await this.client.kubectl(
      ['apply', `--namespace=${this.namespace}`, '--filename=-'],
      manifests,
    );
  }

  async delete(...args: string[]) {
    await this.client.kubectl([
      'delete',
      `--namespace=${this.namespace}`,
      '--wait=false',
      ...args,
    ]);
  }

  async stop() {
    await this.proxy.stop();
    await this.client.kubectl([
      'delete',
      'namespace',
      this.namespace,
      '--wait=false',
    ]);
  }
}
