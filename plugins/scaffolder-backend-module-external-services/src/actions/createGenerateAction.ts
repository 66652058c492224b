import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
import { Report } from '../report/Report';
import { writeFiles } from '../workspace/writeFiles';
import { examples } from './createGenerateAction.examples';
import { generateSchema } from './generateSchema';
import { plainFinding } from './plainFinding';
import { prepareChanges } from './prepareChanges';

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
export function createGenerateAction(
  options: {
    /** What is known of the clusters, and which targets are allowed. Default: nothing, all. */
    context?: LintContext;
  } = {},
) {
  const { context = {} } = options;
  const { clusterDomain = 'cluster.local' } = context;
  return createTemplateAction({
    id: 'external-service:generate',
    description:
      'Writes the Kubernetes manifests that give something outside the cluster a name inside of it.',
    examples,
    supportsDryRun: true,
    schema: generateSchema,
    async handler({ input, logger, output, workspacePath }) {
      const { service, plan, findings, notes, outputRoot } =
        await prepareChanges(input, { workspacePath, context });
      await writeFiles(outputRoot, plan.changes);

      const changedFiles = plan.changes.map(({ path }) => path);
      logger.info(
        changedFiles.length > 0
          ? `Wrote ${changedFiles.join(', ')}`
          : 'Nothing to change',
      );
      const report = new Report(service, plan, {
        title: input.title ?? input.entityRef ?? 'your app',
        protocol: input.protocol,
        clusterDomain,
        findings,
        notes,
      });
      output('changedFiles', changedFiles);
      output('filesToDelete', []);
      output('keptFiles', plan.kept);
      output('name', service.name);
      output('fullName', report.fullName);
      output('inClusterNames', [report.fullName]);
      output('namespace', service.namespace);
      output('findings', findings.map(plainFinding));
      output('filesText', report.files);
      output('configurationText', report.configuration);
      output('notesText', report.notes);
      output('pullRequestTitle', report.title);
      output('pullRequestBody', report.body);
      output('branchName', report.branch);
    },
  });
}
