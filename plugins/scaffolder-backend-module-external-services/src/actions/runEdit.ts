import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
import { checkFiles } from '../changes/checkFiles';
import { RepositoryFiles } from '../changes/RepositoryFiles';
import { DeclaredVariants } from '../edits/DeclaredVariants';
import type { EditPlan } from '../edits/EditPlan';
import { RepositoryEdit } from '../edits/RepositoryEdit';
import { EditReport } from '../report/EditReport';
import { safePath } from '../workspace/safePath';
import { writeFiles } from '../workspace/writeFiles';
import type { editOutput } from './editSchema';
import { plainFinding } from './plainFinding';

/**
 * Input of every action that edits manifests; each is described in its schema.
 *
 * @internal
 */
export interface EditInput {
  name: string;
  namespace?: string;
  manifests?: string[];
  title?: string;
  repositoryPath: string;
  outputPath?: string;
}

/** What an action that edits manifests has at hand. */
interface EditContext {
  input: EditInput;
  workspacePath: string;
  logger: LoggerService;
  output(name: keyof typeof editOutput, value: never): void;
}

/**
 * Edits the manifests of one service in a fetched repository, writes the
 * changed files, all of them or none, and outputs what there is to tell.
 *
 * @param lint - what the portal's configuration says about the clusters
 * @throws InputError before anything is written: with the input that is wrong,
 * or with what cannot be edited safely
 * @internal
 */
export async function runEdit(
  context: EditContext,
  lint: LintContext,
  planOf: (variants: DeclaredVariants) => EditPlan,
): Promise<void> {
  try {
    await edit(context, lint, planOf);
  } catch (error) {
    throw isError(error) && error.name === 'InputError'
      ? new InputError(`${error.message}\nNothing was written.`)
      : error;
  }
}

async function edit(
  { input, workspacePath, logger, output }: EditContext,
  lint: LintContext,
  planOf: (variants: DeclaredVariants) => EditPlan,
): Promise<void> {
  const { environments = [] } = lint;
  const { manifests = ['external-services'], title = 'your app' } = input;
  const outputRoot = safePath(
    workspacePath,
    input.outputPath || '.',
    'outputPath',
  );
  const repository = new RepositoryFiles(
    safePath(workspacePath, input.repositoryPath, 'repositoryPath'),
  );
  const present = await repository.manifestFiles(manifests);
  const declared = await repository.services(present, environments);
  const variants = DeclaredVariants.find(declared, input);
  const plan = planOf(variants);

  const edited = await RepositoryEdit.of(repository, present, {
    environments,
    endpoints: plan.endpoints,
  });
  plan.changes.forEach(change => edited.apply(change));
  const { changed, deleted } = edited;
  const changedFiles = changed.map(({ path }) => path);
  // Objects of one service may stand in several files.
  const findings = checkFiles(
    edited.filesAfter,
    lint,
    edited.filesBefore,
  ).filter(({ file }) => file && changedFiles.includes(file));
  await writeFiles(outputRoot, changed);

  logger.info(
    [
      ...changedFiles.map(path => `Changed ${path}`),
      ...deleted.map(path => `Deleted ${path}`),
    ].join(', ') || 'Nothing to change',
  );
  const report = new EditReport(plan, edited, {
    variants,
    findings,
    title,
    manifests,
    namespace: input.namespace,
  });
  const outputs: Record<keyof typeof editOutput, unknown> = {
    changedFiles,
    filesToDelete: deleted,
    changed: changed.length + deleted.length > 0,
    environments: plan.environments,
    findings: findings.map(plainFinding),
    filesText: report.files,
    notesText: report.notes,
    pullRequestTitle: report.title,
    pullRequestBody: report.body,
    branchName: report.branch,
  };
  for (const [name, value] of Object.entries(outputs)) {
    output(name as keyof typeof outputs, value as never);
  }
}
