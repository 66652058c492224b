import { environmentOf } from '../manifests/environmentOf';
import { intendedKind, nameOf, namespaceOf } from '../manifests/kinds';
import type { ManifestObject } from '../manifests/ManifestObject';
import { portKey } from './AddressSource';
import type { LintReport } from './LintProblem';
import type { LintSubject } from './LintSubject';

/** What only shows when all objects are seen together. */
export function lintAcross(
  objects: ManifestObject[],
  subjects: LintSubject[],
  environments: string[],
  report: LintReport,
): void {
  if (objects.length > 1) {
    lintDuplicates(objects, environments, report);
  }
  if (subjects.length > 1) {
    lintMappedTwice(subjects, environments, report);
  }
}

function lintDuplicates(
  objects: ManifestObject[],
  environments: string[],
  report: LintReport,
): void {
  // Names alone are quick to compare, and are seldom the same.
  if (new Set(objects.map(nameOf)).size === objects.length) {
    return;
  }
  const seen = new Set<string>();
  for (const object of objects) {
    const name = nameOf(object);
    // Only a name may have slashes; where another has some, the server refuses it.
    const key = [
      intendedKind(object.manifest),
      namespaceOf(object),
      environmentOf(object, environments),
      name,
    ].join('/');
    if (name !== '' && seen.has(key)) {
      report({
        object,
        severity: 'warning',
        code: 'duplicate-object',
        path: 'metadata.name',
        message: `${intendedKind(
          object.manifest,
        )} ${name} is declared twice; the one applied last replaces the other.`,
        hint: 'Remove one of them, or give it another name.',
      });
    }
    seen.add(key);
  }
}

function lintMappedTwice(
  subjects: LintSubject[],
  environments: string[],
  report: LintReport,
): void {
  const first = new Map<string, string>();
  for (const subject of subjects) {
    const { object } = subject;
    const hosts = hostsOf(subject);
    if (hosts.length === 0 || hosts[0] === '') {
      continue;
    }
    const name = nameOf(object);
    const key = JSON.stringify([
      hosts,
      destinationsOf(subject),
      namespaceOf(object),
      environmentOf(object, environments),
    ]);
    const twin = first.get(key);
    first.set(key, twin ?? name);
    if (twin !== undefined && twin !== name) {
      report({
        object,
        severity: 'info',
        code: 'mapped-twice',
        path: 'metadata.name',
        message: `${name} and ${twin} lead to the same target and ports.`,
        hint: 'Keep one name, unless applications shall be moved one by one.',
      });
    }
  }
}

/** Where a Service leads: a DNS name, or addresses in any order. */
function hostsOf({ service: { spec }, sources }: LintSubject): string[] {
  return spec.type === 'ExternalName'
    ? [spec.externalName.toLowerCase().replace(/\.$/, '')]
    : sources
        .flatMap(({ addresses }) => addresses.map(({ canonical }) => canonical))
        .sort();
}

/** The ports behind the Service: those of its addresses, where they say any. */
function destinationsOf({ service: { spec }, sources }: LintSubject): string[] {
  if (spec.type === 'ExternalName') {
    return spec.ports.map(({ port }) => String(port)).sort();
  }
  const real = new Map(
    sources
      .flatMap(({ ports }) => ports)
      .map(port => [portKey(port), port.port]),
  );
  return spec.ports
    .map(port => String(real.get(portKey(port)) ?? port.targetPort))
    .sort();
}
