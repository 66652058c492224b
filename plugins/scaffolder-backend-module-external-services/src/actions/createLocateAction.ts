import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { AllowedRepositories } from '@external-services/backstage-plugin-external-services-common';
import type { MappingAccess } from '../access/MappingAccess';
import { repositoryOf } from '../repository/EntityRepository';
import { manifestLocationOf, namesFile } from '../repository/ManifestLocation';
import { examples } from './createLocateAction.examples';

/**
 * The scaffolder action `external-service:locate`: finds out, from a catalog
 * entity, which repository, branch and folder its manifests belong in.
 *
 * Everything is decided with the credentials of the user who started the task, before
 * anything is fetched or told: whether the user may see and change the external
 * services of the entity, and whether the entity may name that repository at all.
 *
 * Throws InputError when the entity cannot be seen or its repository cannot be
 * written to; NotAllowedError when a permission is missing or the repository is
 * neither the entity's own nor on `externalServices.reading.allow`.
 *
 * @public
 */
export function createLocateAction(options: {
  access: MappingAccess;
  allow: AllowedRepositories[];
  integrations: ScmIntegrationRegistry;
}) {
  const { access, allow, integrations } = options;
  return createTemplateAction({
    id: 'external-service:locate',
    description:
      'Finds the repository, branch and folder that the external services of a catalog entity belong in.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z.string({
            description:
              'The component whose app will connect, for example `component:default/orders`.',
          }),
        token: z =>
          z
            .string({
              description:
                "The user's own token, if the publish step uses one. Then the integration needs no credentials.",
            })
            .optional(),
        readOnly: z =>
          z
            .boolean({
              description:
                'True for a template that changes nothing: then the permission `external-services.mapping.change` is not needed.',
            })
            .optional(),
        providers: z =>
          z
            .array(z.string(), {
              description:
                'The providers that the publish step can write to, so that others are refused before anything is done. Default: github and gitlab.',
            })
            .optional(),
      },
      output: {
        entityRef: z => z.string({ description: 'The full entity reference.' }),
        title: z => z.string({ description: 'Title or name of the entity.' }),
        provider: z =>
          z.string({
            description: 'Type of the integration: github or gitlab.',
          }),
        host: z => z.string({ description: 'Host of the repository.' }),
        owner: z => z.string({ description: 'Owner or group.' }),
        repository: z => z.string({ description: 'Name of the repository.' }),
        repoUrl: z =>
          z.string({ description: 'The `repoUrl` that publish actions take.' }),
        branch: z =>
          z
            .string({
              description:
                'The branch the entity is read from. Absent: the default branch.',
            })
            .optional(),
        fetchUrl: z =>
          z.string({
            description: "URL of the repository's root, for `fetch:plain`.",
          }),
        folder: z =>
          z.string({
            description:
              "Folder of the manifests, relative to the repository's root.",
          }),
        manifests: z =>
          z.array(z.string(), {
            description:
              "Files, folders and globs that the portal reads, relative to the repository's root.",
          }),
        layout: z =>
          z
            .string({
              description:
                '`single-file` when the entity names one file. Absent: `external-service:generate` sees it in the folder.',
            })
            .optional(),
        catalogInfoPath: z =>
          z
            .string({
              description:
                "The entity's file, relative to the repository's root. Absent when it is in another repository.",
            })
            .optional(),
        needsAnnotation: z =>
          z.boolean({
            description:
              'True when catalog-info.yaml has to name the folder, because its annotation names nothing in this repository.',
          }),
        namespace: z =>
          z
            .string({
              description:
                'Value of the annotation `backstage.io/kubernetes-namespace`.',
            })
            .optional(),
        kubernetesId: z =>
          z.string({
            description:
              'Value of `backstage.io/kubernetes-id`, else the name of the entity.',
          }),
      },
    },
    async handler(ctx) {
      const entityRef = fullRef(ctx.input.entityRef);
      const entity = await access.entity(
        entityRef,
        { readOnly: ctx.input.readOnly },
        await ctx.getInitiatorCredentials(),
      );
      const { path, ...repository } = repositoryOf(entity, integrations, {
        allow,
        userToken: Boolean(ctx.input.token),
        providers: ctx.input.providers,
      });
      const { folder, manifests, needsAnnotation } = manifestLocationOf(
        entity,
        path,
      );
      const annotations = entity.metadata.annotations ?? {};
      ctx.logger.info(
        `${entityRef} lives in ${repository.host}/${repository.owner}/${
          repository.repository
        }, manifests in ${folder || 'its root'}`,
      );

      ctx.output('entityRef', stringifyEntityRef(entity));
      ctx.output('title', entity.metadata.title ?? entity.metadata.name);
      ctx.output('provider', repository.provider);
      ctx.output('host', repository.host);
      ctx.output('owner', repository.owner);
      ctx.output('repository', repository.repository);
      ctx.output('repoUrl', repository.repoUrl);
      ctx.output('branch', repository.branch);
      ctx.output('fetchUrl', repository.fetchUrl);
      ctx.output('folder', folder);
      ctx.output('manifests', manifests);
      ctx.output(
        'layout',
        manifests.some(namesFile) ? 'single-file' : undefined,
      );
      ctx.output('catalogInfoPath', repository.catalogInfoPath);
      ctx.output('needsAnnotation', needsAnnotation);
      ctx.output(
        'namespace',
        annotations['backstage.io/kubernetes-namespace'] || undefined,
      );
      ctx.output(
        'kubernetesId',
        annotations['backstage.io/kubernetes-id'] || entity.metadata.name,
      );
    },
  });
}

function fullRef(entityRef: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(entityRef, { defaultKind: 'component' }),
    );
  } catch {
    throw new InputError(
      'entityRef: this is no entity reference. Write it like component:default/orders.',
    );
  }
}
