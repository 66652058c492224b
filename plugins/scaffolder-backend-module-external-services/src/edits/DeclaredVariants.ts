import type { DeclaredService } from '../changes/RepositoryFiles';
import { fieldError, type FieldProblem } from '../service/fieldError';

/**
 * What a repository declares under one name: one service for each environment,
 * or one for all.
 *
 * @internal
 */
export class DeclaredVariants {
  private constructor(readonly all: DeclaredService[]) {}

  /**
   * @throws InputError when the name is not declared, or declared in several
   * namespaces while none is chosen
   */
  static find(
    declared: DeclaredService[],
    wanted: { name: string; namespace?: string },
  ): DeclaredVariants {
    const name = wanted.name.trim();
    const namespace = wanted.namespace?.trim();
    const named = declared.filter(({ service }) => service.name === name);
    if (named.length === 0) {
      throw fieldError([
        { field: 'name', message: notDeclared(name, declared) },
      ]);
    }
    // What names none may be in any: the deployment sets it.
    const found = named.filter(
      ({ service }) =>
        !namespace || !service.namespace || service.namespace === namespace,
    );
    const namespaces = [
      ...new Set(named.map(({ service }) => service.namespace ?? 'none')),
    ].join(', ');
    if (found.length === 0) {
      throw fieldError([
        {
          field: 'namespace',
          message: `${name} is not declared in ${namespace}. Its namespaces: ${namespaces}.`,
        },
      ]);
    }
    const clash = found.find((one, index) =>
      found.some(
        (other, place) =>
          place > index &&
          other.service.environment === one.service.environment,
      ),
    );
    if (clash) {
      const places = placesOf(found);
      throw fieldError([
        new Set(found.map(({ service }) => service.namespace)).size > 1
          ? {
              field: 'namespace',
              message: `${name} is declared in several namespaces (${places}). Say which one: ${namespaces}.`,
            }
          : {
              field: 'name',
              message: `${name} is declared more than once (${places}), and nothing says for which environment. Give each object the label external-services/environment, or name the environments in the portal's configuration, so that folders can be named like them.`,
            },
      ]);
    }
    return new DeclaredVariants(found);
  }

  /** Name of the service. */
  get name(): string {
    return this.all[0].service.name;
  }

  /** Names of the environments; none when it is declared once for all. */
  get environments(): string[] {
    return this.all.flatMap(({ service }) => service.environment ?? []);
  }

  /**
   * The variants of some environments.
   *
   * @throws InputError naming each environment that the service is not declared in
   */
  in(environments: string[], field: (environment: string) => string) {
    const problems: FieldProblem[] = [];
    const found = environments.flatMap(environment => {
      const variant = this.all.find(
        ({ service }) => service.environment === environment,
      );
      if (!variant) {
        problems.push({
          field: field(environment),
          message: this.#notIn(environment),
        });
      }
      return variant ?? [];
    });
    if (problems.length > 0) {
      throw fieldError(problems);
    }
    return found;
  }

  #notIn(environment: string): string {
    const { name, environments } = this;
    const forAll = this.all.filter(({ service }) => !service.environment);
    return forAll.length > 0
      ? `${name} is declared once for all environments, in ${placesOf(
          forAll,
        )}. Change it for all of them.`
      : `${name} is not declared in ${environment}, only in ${environments.join(
          ', ',
        )}. Add it there with the template that adds services.`;
  }
}

function notDeclared(name: string, declared: DeclaredService[]): string {
  const names = [...new Set(declared.map(({ service }) => service.name))];
  return names.length === 0
    ? 'The files of this component declare no external service. Choose another component.'
    : `There is no ${JSON.stringify(
        name,
      )} in the files of this component. It has ${names.sort().join(', ')}.`;
}

function placesOf(services: DeclaredService[]): string {
  return services
    .map(({ path, objects: [{ line }] }) => `${path}:${line}`)
    .join(', ');
}
