import type { ApiServerClient, ClusterClient } from 'cluster/control-plane';
import { createNamespace } from 'cluster/testing';
import type { ClusterConfig } from '../config/ExternalServicesConfig';
import { grantingRule } from '../sources/cluster/grantingRule';
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
  /** Much cheaper than kubectl, for what is not what users do. */
  readonly #api: ApiServerClient;
  #token = '';

  static async create(client: ClusterClient): Promise<TestCluster> {
    const namespace = await createNamespace(client);
    const proxy = await FaultProxy.start(
      client.info.server,
      client.adminCredentials().ca,
    );
    const cluster = new TestCluster(client, namespace, proxy);
    await cluster.#post('serviceaccounts', { metadata: { name: 'portal' } });
    const { status } = await cluster.#post('serviceaccounts/portal/token', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    });
    cluster.#token = status.token;
    return cluster;
  }

  private constructor(
    client: ClusterClient,
    namespace: string,
    proxy: FaultProxy,
  ) {
    this.client = client;
    this.namespace = namespace;
    this.proxy = proxy;
    this.#api = client.apiServerClient();
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

  async delete(resource: 'services' | 'endpointslices', name: string) {
    await this.#delete(resource, `/${name}`);
  }

  /** True when the server no longer has what was at that version. */
  async isCompacted(resourceVersion: string): Promise<boolean> {
    const { status } = await this.#api.send({
      method: 'GET',
      path: `/api/v1/namespaces/${this.namespace}/services?resourceVersion=${resourceVersion}&resourceVersionMatch=Exact&limit=1`,
    });
    return status === 410;
  }

  /** Removes all Services and slices, and lets nothing fail any more. */
  async clear() {
    this.proxy.heal();
    await this.#delete('services');
    await this.#delete('endpointslices');
  }

  async stop() {
    await this.proxy.stop();
    await this.#send('DELETE', `/api/v1/namespaces/${this.namespace}`);
    this.#api.close();
  }

  async #delete(resource: 'services' | 'endpointslices', name = '') {
    const group =
      resource === 'services' ? 'api/v1' : 'apis/discovery.k8s.io/v1';
    await this.#send(
      'DELETE',
      `/${group}/namespaces/${this.namespace}/${resource}${name}`,
    );
  }

  async #post(path: string, body: object) {
    return this.#send(
      'POST',
      `/api/v1/namespaces/${this.namespace}/${path}`,
      JSON.stringify(body),
    );
  }

  async #send(method: 'DELETE' | 'POST', path: string, body?: string) {
    const answer = await this.#api.send({
      method,
      path,
      body,
      contentType: 'application/json',
    });
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.body}`);
    }
    return JSON.parse(answer.body);
  }
}
