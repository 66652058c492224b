import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import type { LintContext } from '@external-services/backstage-plugin-external-services-common';
import type {
  EditOptions,
  ManifestChange,
} from '@external-services/backstage-plugin-external-services-common/yaml';
import { createHash } from 'node:crypto';
import { checkFiles } from '../changes/checkFiles';
import { RepositoryFiles } from '../changes/RepositoryFiles';
import { DeclaredVariants } from '../edits/DeclaredVariants';
import { RepositoryEdit } from '../edits/RepositoryEdit';
import { byHandText } from '../report/byHandText';
import { findingNotes } from '../report/findingNotes';
import { safePath } from '../workspace/safePath';
import { writeFiles } from '../workspace/writeFiles';
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

/**
 * What shall change, and how to tell people.
 *
 * @internal
 */
export interface EditPlan {
  changes: ManifestChange[];
  /** The form of the addresses of what was an alias. Default: EndpointSlice. */
  endpoints?: EditOptions['endpoints'];
  /** Environments of the change; none: it holds in all of them. */
  environments: string[];
  /** `Change target of external-db`. */
  what: string;
  /** What changes and what to know, as Markdown paragraphs. */
  body: string[];
  /** What the branch is named after. */
  branch: string;
  /** What the user should know and no finding says. */
  notes?: string[];
}

/**
 * Edits the manifests of one service in a fetched repository and writes the
 * changed files, all of them or none.
 *
 * @param lint - what the portal's configuration says about the clusters
 * @throws InputError before anything is written: with the input that is wrong,
 * or with what cannot be edited safely
 * @internal
 */
export async function runEdit(
  context: { input: EditInput; workspacePath: string; logger: LoggerService },
  lint: LintContext,
  plan: (variants: DeclaredVariants) => EditPlan,
) {
  try {
    return await edit(context, lint, plan);
  } catch (error) {
    throw isError(error) && error.name === 'InputError'
      ? new InputError(`${error.message}\nNothing was written.`)
      : error;
  }
}

async function edit(
  { input, workspacePath, logger }: Parameters<typeof runEdit>[0],
  lint: LintContext,
  plan: (variants: DeclaredVariants) => EditPlan,
) {
  const { environments = [] } = lint;
  const outputRoot = safePath(
    workspacePath,
    input.outputPath || '.',
    'outputPath',
  );
  const repository = new RepositoryFiles(
    safePath(workspacePath, input.repositoryPath, 'repositoryPath'),
  );
  const manifests = input.manifests ?? ['external-services'];
  const present = await repository.manifestFiles(manifests);
  const declared = await repository.services(present, environments);
  const variants = DeclaredVariants.find(declared, input);
  const {
    changes,
    what,
    body,
    branch,
    notes = [],
    ...planned
  } = plan(variants);

  const edited = await RepositoryEdit.of(repository, present, {
    environments,
    endpoints: planned.endpoints,
  });
  changes.forEach(change => edited.apply(change));
  const { changed, deleted } = edited;
  const paths = changed.map(({ path }) => path);
  // Objects of one service may stand in several files.
  const findings = checkFiles(
    edited.filesAfter,
    lint,
    edited.filesBefore,
  ).filter(({ file }) => file && paths.includes(file));
  await writeFiles(outputRoot, changed);

  const isChanged = changed.length + deleted.length > 0;
  logger.info(
    isChanged
      ? [...changed.map(({ path }) => `Changed ${path}`)]
          .concat(deleted.map(path => `Deleted ${path}`))
          .join(', ')
      : 'Nothing to change',
  );
  const title = oneLine(input.title ?? 'your app');
  const where =
    planned.environments.length > 0
      ? ` (${planned.environments.join(', ')})`
      : '';
  const notesText = findingNotes(findings, [
    ...notes,
    ...stillNamed(deleted, manifests),
  ]);
  return {
    changedFiles: paths,
    filesToDelete: deleted,
    changed: isChanged,
    environments: planned.environments,
    findings: findings.map(plainFinding),
    filesText: isChanged
      ? edited.diffText
      : 'Nothing to change: the repository says so already.',
    notesText,
    pullRequestTitle: `${what} for ${title}${where}`,
    pullRequestBody: [
      ...body,
      byHandText(edited.gone, variants.all, input.namespace),
      notesText && `Notes:\n\n${notesText}`,
    ]
      .filter(Boolean)
      .join('\n\n'),
    branchName: branchOf(`${branch} for ${title}`, [changed, deleted]),
  };
}

/** Whoever reads a file that is gone is told that it is not there. */
function stillNamed(deleted: string[], manifests: string[]): string[] {
  return deleted
    .filter(path => manifests.includes(path))
    .map(
      path =>
        `catalog-info.yaml still names ${path}. Take it out there, too, or the card says that it was not found.`,
    );
}

/** The same for the same change, and for no other. */
function branchOf(text: string, change: unknown): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(change))
    .digest('hex');
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 150)
    .replace(/^-|-$/g, '');
  return `external-services/${slug}-${hash.slice(0, 6)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
