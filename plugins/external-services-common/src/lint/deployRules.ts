import type { LintContext } from './LintContext';
import type { LintReport } from './LintProblem';
import type { LintSubject } from './LintSubject';

/** What stands between the manifests and the cluster. */
export function lintDeployment(
  subject: LintSubject,
  context: LintContext,
  report: LintReport,
): void {
  const [source] = subject.sources;
  if (source && subject.service.spec.type !== 'ExternalName') {
    lintArgoCd(source, context, report);
    lintRights(source, report);
    lintKustomize(subject, context, report);
  }
}

type Source = LintSubject['sources'][number];

function lintArgoCd(
  { object, kind }: Source,
  { deployer }: LintContext,
  report: LintReport,
): void {
  if (deployer === undefined || deployer === 'argo-cd') {
    report({
      object,
      severity: deployer === 'argo-cd' ? 'warning' : 'info',
      code: 'argo-cd-exclusion',
      path: 'kind',
      message: `Argo CD from version 3 leaves out objects of kind ${kind} by default: the application shows as synced, and the addresses are missing.`,
      hint: `An administrator of Argo CD takes ${kind} out of resource.exclusions in argocd-cm.`,
    });
  }
}

function lintRights({ object, kind }: Source, report: LintReport): void {
  report({
    object,
    severity: 'info',
    code: 'deployer-rights',
    path: 'kind',
    message: `The roles edit and admin may not write objects of kind ${kind}.`,
    hint: `Give the deployer a Role that may create, update and delete ${
      kind === 'Endpoints' ? 'endpoints' : 'endpointslices'
    }.`,
  });
}

function lintKustomize(
  { object, sources }: LintSubject,
  { kustomize }: LintContext,
  report: LintReport,
): void {
  if (!kustomize) {
    return;
  }
  const slice = sources.find(({ kind }) => kind === 'EndpointSlice');
  if (kustomize.namePrefixOrSuffix && slice) {
    report({
      object: slice.object,
      severity: 'warning',
      code: 'kustomize-link',
      path: 'metadata.labels',
      message:
        'kustomize renames the Service and leaves the label that ties this slice to it as it is.',
      hint: 'Remove namePrefix and nameSuffix, or add a nameReference for the label.',
    });
  }
  if (kustomize.commonLabels) {
    report({
      object,
      severity: 'warning',
      code: 'kustomize-selector',
      path: 'spec',
      message:
        'commonLabels of kustomize give this Service a selector; controllers then replace its addresses.',
      hint: 'Use labels with includeSelectors: false instead of commonLabels.',
    });
  }
}
