import { collectExternalServices } from '../manifests/collectExternalServices';
import { environmentOf } from '../manifests/environmentOf';
import { intendedKind, nameOf, namespaceOf } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { isDnsTarget } from '../model/ExternalService';
import type { LintProblem } from './LintProblem';

/** What only shows when all objects are seen together. */
export function lintAcross(
  objects: ManifestObject[],
  environments: string[],
): LintProblem[] {
  return [
    ...lintDuplicates(objects, environments),
    ...lintMappedTwice(objects, environments),
  ];
}

function lintDuplicates(
  objects: ManifestObject[],
  environments: string[],
): LintProblem[] {
  const seen = new Set<string>();
  return objects.flatMap((object): LintProblem[] => {
    const name = nameOf(object);
    const key = JSON.stringify([
      intendedKind(object.manifest),
      namespaceOf(object),
      name,
      environmentOf(object, environments),
    ]);
    const isRepeated = name !== '' && seen.has(key);
    seen.add(key);
    return isRepeated
      ? [
          {
            object,
            severity: 'warning',
            code: 'duplicate-object',
            path: 'metadata.name',
            message: `${intendedKind(
              object.manifest,
            )} ${name} is declared twice; the one applied last replaces the other.`,
            hint: 'Remove one of them, or give it another name.',
          },
        ]
      : [];
  });
}

function lintMappedTwice(
  objects: ManifestObject[],
  environments: string[],
): LintProblem[] {
  const first = new Map<string, string>();
  return collectExternalServices(objects, { environments }).flatMap(
    ({ service, objects: [object] }): LintProblem[] => {
      const { target, ports, name, namespace, environment } = service;
      const hosts = isDnsTarget(target)
        ? [target.dnsName]
        : [...target.addresses].sort();
      const numbers = ports.map(port => port.targetPort ?? port.port).sort();
      const key = JSON.stringify([hosts, numbers, namespace, environment]);
      const twin = first.get(key);
      if (hosts.length === 0 || hosts[0] === '') {
        return [];
      }
      first.set(key, twin ?? name);
      return twin !== undefined && twin !== name
        ? [
            {
              object,
              severity: 'info',
              code: 'mapped-twice',
              path: 'metadata.name',
              message: `${name} and ${twin} lead to the same target and ports.`,
              hint: 'Keep one name, unless applications shall be moved one by one.',
            },
          ]
        : [];
    },
  );
}
