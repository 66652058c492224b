import { collectExternalServices } from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import type { ManifestFile } from './ManifestStore';
import { type DnsConfig, dnsKeyOf, formatDnsKey } from '../dns/dnsKey';
import { storeObject } from './StoredObject';

/**
 * Reads one file: its objects about external services, what is wrong with it,
 * and the DNS names it leads to.
 *
 * @param patterns - those that the path matches. Default: none

 * @internal
 */
export function parseManifestFile(
  path: string,
  text: string,
  config: DnsConfig,
  patterns: string[] = [],
): ManifestFile {
  const { objects, findings } = parseManifests(text, path);
  const environments = config.environments.map(({ name }) => name);
  const targets = collectExternalServices(objects, { environments }).flatMap(
    ({ service }) => {
      const key = dnsKeyOf(service, config);
      return key ? [formatDnsKey(key)] : [];
    },
  );
  return {
    path,
    objects: objects.map(storeObject),
    findings,
    targets: [...new Set(targets)].sort(),
    patterns,
  };
}
