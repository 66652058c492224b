import {
  collectExternalServices,
  type Finding,
  lintManifests,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import {
  parseManifests,
  type RenderedFile,
} from '@external-services/backstage-plugin-external-services-common/yaml';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { annotateCatalogInfo } from '../catalog/annotateCatalogInfo';
import { chooseFiles } from '../changes/chooseFiles';
import { planChanges } from '../changes/planChanges';
import { RepositoryFiles } from '../changes/RepositoryFiles';
import { Report } from '../report/Report';
import { buildService } from '../service/buildService';
import { safePath } from '../workspace/safePath';
import { writeFiles } from '../workspace/writeFiles';
import { examples } from './createGenerateAction.examples';
import { generateSchema } from './generateSchema';

/**
 * The scaffolder action `external-service:generate`: writes the manifests of an
 * external service, as the changed files of a repository that was fetched before.
 *
 * Throws InputError before anything is written: when an input is wrong (with
 * its name and what to enter instead), when a file that is not ours is in the
 * way, and when the name is taken. Uses no network.
 *
 * @public
 */
export function createGenerateAction(options: {
  /** Domain of the clusters. Default: `cluster.local`. */
  clusterDomain?: string;
}) {
  const { clusterDomain = 'cluster.local' } = options;
  return createTemplateAction({
    id: 'external-service:generate',
    description:
      'Writes the Kubernetes manifests that give something outside the cluster a name inside of it.',
    examples,
    supportsDryRun: true,
    schema: generateSchema,
    async handler(ctx) {
      const { input } = ctx;
      const service = buildService(input);
      const repository = new RepositoryFiles(
        input.repositoryPath
          ? safePath(ctx.workspacePath, input.repositoryPath, 'repositoryPath')
          : undefined,
      );
      const outputRoot = safePath(
        ctx.workspacePath,
        input.outputPath ?? '.',
        'outputPath',
      );
      const folder = checkedFolder(input.folder ?? 'external-services');
      const manifests = input.manifests ?? [folder];
      const paths = await repository.manifestFiles([...manifests, folder]);
      const declared = await repository.services(
        paths,
        Object.keys(service.environments ?? {}),
      );

      const files = chooseFiles(service, {
        folder,
        manifests,
        layout: input.layout,
        declared,
        render: {
          endpoints: input.endpoints,
          entityRef: input.entityRef,
          kubernetesId: input.kubernetesId,
        },
      });
      const findings = check(files);
      const plan = await planChanges(files, {
        repository,
        declared,
        overwrite: input.overwrite ?? false,
      });
      const { change, note } = await annotateCatalogInfo(plan.changes, {
        repository,
        manifests,
        hasManifests: paths.length > 0,
        file: input.catalogInfoPath,
        entityRef: input.entityRef,
      });
      const changes = [...plan.changes, ...change];
      await writeFiles(outputRoot, changes);

      const report = new Report(
        service,
        { ...plan, changes },
        {
          title: input.title ?? input.entityRef ?? 'your app',
          protocol: input.protocol,
          clusterDomain,
          findings,
          notes: note,
        },
      );
      ctx.logger.info(
        changes.length > 0
          ? `Wrote ${changes.map(({ path }) => path).join(', ')}`
          : 'Nothing to change',
      );
      ctx.output(
        'changedFiles',
        changes.map(({ path }) => path),
      );
      ctx.output('filesToDelete', []);
      ctx.output('keptFiles', plan.kept);
      ctx.output('name', service.name);
      ctx.output('fullName', report.fullName);
      ctx.output('inClusterNames', [report.fullName]);
      ctx.output('namespace', service.namespace);
      ctx.output('findings', findings.map(plainFinding));
      ctx.output('filesText', report.files);
      ctx.output('configurationText', report.configuration);
      ctx.output('notesText', report.notes);
      ctx.output('pullRequestTitle', report.title);
      ctx.output('pullRequestBody', report.body);
      ctx.output('branchName', report.branch);
    },
  });
}

/** What the cluster would refuse is not written; the rest is told. */
function check(files: RenderedFile[]): Finding[] {
  const objects = files.flatMap(
    ({ path, content }) => parseManifests(content, path).objects,
  );
  const findings = [...validateManifests(objects), ...lintManifests(objects)];
  const refused = findings.filter(({ severity }) => severity === 'error');
  if (refused.length > 0 || collectExternalServices(objects).length === 0) {
    throw new InputError(
      `The cluster would refuse this: ${refused
        .map(({ path, message, hint }) =>
          [`${path}: ${message}`, hint].filter(Boolean).join(' '),
        )
        .join('\n')}`,
    );
  }
  return findings;
}

function plainFinding({
  code,
  severity,
  path,
  message,
  hint,
  file,
  position,
}: Finding) {
  return { code, severity, path, message, hint, file, line: position?.line };
}

function checkedFolder(folder: string): string {
  const trimmed = folder.replace(/^(?:\.\/)+|\/+$/g, '');
  if (trimmed.startsWith('/') || trimmed.split('/').includes('..')) {
    throw new InputError(
      `folder: ${JSON.stringify(
        folder,
      )} leads out of the repository. Use a relative path without "..".`,
    );
  }
  return trimmed === '.' ? '' : trimmed;
}
