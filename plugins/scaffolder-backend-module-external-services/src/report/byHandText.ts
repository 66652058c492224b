import {
  isDns1123Label,
  isDns1123Subdomain,
  type ManifestObject,
} from '@external-services/backstage-plugin-external-services-common';
import type { DeclaredService } from '../changes/RepositoryFiles';

/**
 * What to delete from clusters whose deployment leaves there what has left the
 * repository: an address list goes on being used, or comes back later. Empty
 * when nothing has left it.
 *
 * @param deployedTo - namespace of what names none. Default: unknown
 * @internal
 */
export function byHandText(
  gone: ManifestObject[],
  services: DeclaredService[],
  deployedTo?: string,
): string {
  if (gone.length === 0) {
    return '';
  }
  const named = gone.filter(object => isNamed(object, deployedTo));
  const environments = new Set(
    named.map(object => environmentOf(object, services)),
  );
  const commands = [...environments].flatMap(environment => [
    ...(environment && isDns1123Subdomain(environment)
      ? [`# ${environment}`]
      : []),
    ...named
      .filter(object => environmentOf(object, services) === environment)
      .map(object => commandFor(object, deployedTo)),
  ]);
  const block =
    commands.length > 0 ? ['```sh', ...commands, '```'].join('\n') : '';
  // Whoever copies a command runs whatever stands in it.
  const others =
    named.length < gone.length
      ? `${gone.length - named.length} more have names that no cluster takes.`
      : '';
  return [
    'If your deployment does not delete what has left the repository, delete it by hand:',
    block,
    others,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function isNamed(object: ManifestObject, deployedTo?: string): boolean {
  const { kind, name, namespace } = placeOf(object, deployedTo);
  return (
    /^[A-Za-z]+$/.test(kind) &&
    typeof name === 'string' &&
    isDns1123Subdomain(name) &&
    (namespace === undefined ||
      (typeof namespace === 'string' && isDns1123Label(namespace)))
  );
}

function placeOf({ manifest }: ManifestObject, deployedTo?: string) {
  const { name, namespace = deployedTo } = (manifest.metadata ?? {}) as {
    name?: unknown;
    namespace?: unknown;
  };
  return { kind: String(manifest.kind), name, namespace };
}

function commandFor(object: ManifestObject, deployedTo?: string): string {
  const { kind, name, namespace } = placeOf(object, deployedTo);
  const where = namespace ? ` -n ${namespace}` : '';
  return `kubectl delete ${kind.toLowerCase()} ${name}${where}`;
}

function environmentOf(
  { path, line }: ManifestObject,
  services: DeclaredService[],
): string | undefined {
  return services.find(({ objects }) =>
    objects.some(object => object.path === path && object.line === line),
  )?.service.environment;
}
