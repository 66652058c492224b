import type { ManifestObject } from '@external-services/backstage-plugin-external-services-common';
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
  const environments = new Set(
    gone.map(object => environmentOf(object, services)),
  );
  const commands = [...environments].flatMap(environment => [
    ...(environment ? [`# ${environment}`] : []),
    ...gone
      .filter(object => environmentOf(object, services) === environment)
      .map(object => commandFor(object, deployedTo)),
  ]);
  return `If your deployment does not delete what has left the repository, delete it by hand:\n\n${[
    '```sh',
    ...commands,
    '```',
  ].join('\n')}`;
}

function commandFor({ manifest }: ManifestObject, deployedTo?: string): string {
  const { name, namespace = deployedTo } = manifest.metadata as {
    name: string;
    namespace?: string;
  };
  const where = namespace ? ` -n ${namespace}` : '';
  return `kubectl delete ${String(
    manifest.kind,
  ).toLowerCase()} ${name}${where}`;
}

function environmentOf(
  { path, line }: ManifestObject,
  services: DeclaredService[],
): string | undefined {
  return services.find(({ objects }) =>
    objects.some(object => object.path === path && object.line === line),
  )?.service.environment;
}
