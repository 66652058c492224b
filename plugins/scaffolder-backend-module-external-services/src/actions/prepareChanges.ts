import type {
  ExternalService,
  Finding,
  LintContext,
} from '@external-services/backstage-plugin-external-services-common';
import type { FileLayout } from '@external-services/backstage-plugin-external-services-common/yaml';
import { InputError, isError } from '@backstage/errors';
import { annotateCatalogInfo } from '../catalog/annotateCatalogInfo';
import { checkFiles } from '../changes/checkFiles';
import { chooseFiles } from '../changes/chooseFiles';
import { planKustomizations } from '../changes/planKustomizations';
import { type Plan, planChanges } from '../changes/planChanges';
import { RepositoryFiles } from '../changes/RepositoryFiles';
import { buildService } from '../service/buildService';
import type { ServiceRequest } from '../service/ServiceRequest';
import { safePath } from '../workspace/safePath';

/**
 * Input of `external-service:generate`; each is described in its schema.
 *
 * @internal
 */
export interface GenerateInput extends ServiceRequest {
  layout?: FileLayout;
  folder?: string;
  manifests?: string[];
  catalogInfoPath?: string;
  entityRef?: string;
  title?: string;
  kubernetesId?: string;
  linterAnnotations?: boolean;
  kustomization?: boolean;
  repositoryPath?: string;
  outputPath?: string;
  overwrite?: boolean;
}

/**
 * All that is known before the first file is written.
 *
 * @internal
 */
export interface PreparedChanges {
  service: ExternalService;
  plan: Plan;
  findings: Finding[];
  /** What the user should know and no finding says. */
  notes: string[];
  /** Folder that changed files are written to. */
  outputRoot: string;
}

/**
 * Checks the input, renders the files and compares them with the repository.
 * Reads the workspace and writes nothing.
 *
 * @throws InputError with everything that stands in the way
 * @internal
 */
export async function prepareChanges(
  input: GenerateInput,
  options: { workspacePath: string; context: LintContext },
): Promise<PreparedChanges> {
  try {
    return await prepare(input, options);
  } catch (error) {
    throw isError(error) && error.name === 'InputError'
      ? new InputError(`${error.message}\nNothing was written.`)
      : error;
  }
}

async function prepare(
  input: GenerateInput,
  { workspacePath, context }: { workspacePath: string; context: LintContext },
): Promise<PreparedChanges> {
  const service = buildService(input);
  const outputRoot = safePath(
    workspacePath,
    input.outputPath || '.',
    'outputPath',
  );
  const repository = new RepositoryFiles(
    input.repositoryPath
      ? safePath(workspacePath, input.repositoryPath, 'repositoryPath')
      : undefined,
  );
  const folder = checkedFolder(input.folder ?? 'external-services');
  const manifests = input.manifests ?? [folder];
  const present = await repository.manifestFiles([...manifests, folder]);
  const environments = [
    ...new Set([
      ...Object.keys(service.environments ?? {}),
      ...(context.environments ?? []),
    ]),
  ];
  const declared = await repository.services(present, environments);

  const files = chooseFiles(service, {
    folder,
    manifests,
    layout: input.layout,
    declared,
    render: {
      endpoints: input.endpoints,
      entityRef: input.entityRef,
      kubernetesId: input.kubernetesId,
      linterAnnotations: input.linterAnnotations,
    },
  });
  const findings = checkFiles(files, { ...context, environments });
  const plan = await planChanges(files, {
    repository,
    declared,
    overwrite: input.overwrite ?? false,
  });
  const { change, note } = await annotateCatalogInfo(plan.changes, {
    repository,
    manifests,
    hasManifests: present.length > 0,
    file: input.catalogInfoPath,
    entityRef: input.entityRef,
  });
  const kustomized = input.kustomization
    ? await planKustomizations(files, { repository, declared })
    : { change: [], note: [] };
  return {
    service,
    plan: {
      ...plan,
      changes: [...plan.changes, ...kustomized.change, ...change],
    },
    findings,
    notes: [...kustomized.note, ...note],
    outputRoot,
  };
}

function checkedFolder(folder: string): string {
  const trimmed = folder.replace(/^(?:\.\/)+|\/+$/g, '');
  const leadsOut = folder.startsWith('/') || trimmed.split('/').includes('..');
  if (leadsOut || /[\\\0]/.test(folder)) {
    throw new InputError(
      `folder: ${JSON.stringify(
        folder,
      )} leads out of the repository. Use a relative path without "..".`,
    );
  }
  return trimmed === '.' ? '' : trimmed;
}
