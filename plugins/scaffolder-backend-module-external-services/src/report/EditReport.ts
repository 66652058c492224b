import type { Finding } from '@external-services/backstage-plugin-external-services-common';
import { createHash } from 'node:crypto';
import type { DeclaredVariants } from '../edits/DeclaredVariants';
import type { EditPlan } from '../edits/EditPlan';
import type { RepositoryEdit } from '../edits/RepositoryEdit';
import { byHandText } from './byHandText';
import { findingNotes } from './findingNotes';
import { code } from './markdown';
import { branchName, titleFor } from './pullRequest';

/**
 * Tells people what was changed: on the result page and in the pull request.
 *
 * @internal
 */
export class EditReport {
  constructor(
    private readonly plan: EditPlan,
    private readonly edit: RepositoryEdit,
    private readonly context: {
      variants: DeclaredVariants;
      findings: Finding[];
      /** Title of the component. */
      title: string;
      /** What the portal reads: files, folders and globs. */
      manifests: string[];
      /** Namespace that the service is deployed to. Default: unknown. */
      namespace?: string;
    },
  ) {}

  /** Title of the pull request. */
  get title(): string {
    const { what, environments } = this.plan;
    return titleFor(what, this.context.title, environments);
  }

  /** Text of the pull request. */
  get body(): string {
    const { variants, namespace } = this.context;
    return [
      ...this.plan.body,
      byHandText(this.edit.gone, variants.all, namespace),
      this.notes && `Notes:\n\n${this.notes}`,
    ]
      .filter(Boolean)
      .join('\n\n');
  }

  /** Name of the branch: the same for the same change, and for no other. */
  get branch(): string {
    const { changed, deleted } = this.edit;
    const hash = createHash('sha256')
      .update(JSON.stringify([changed, deleted]))
      .digest('hex')
      .slice(0, 6);
    return `${branchName([
      this.plan.branch,
      'for',
      this.context.title,
    ])}-${hash}`;
  }

  /** The changed lines of each file. */
  get files(): string {
    return (
      this.edit.diffText || 'Nothing to change: the repository says so already.'
    );
  }

  /** Notes and findings, each once; empty when there are none. */
  get notes(): string {
    const { findings, manifests } = this.context;
    // Whoever reads a file that is gone is told that it is not there.
    const stillNamed = this.edit.deleted
      .filter(path => manifests.includes(path))
      .map(
        path =>
          `catalog-info.yaml still names ${code(
            path,
          )}. Take it out there, too, or the card says that it was not found.`,
      );
    return findingNotes(findings, [...(this.plan.notes ?? []), ...stillNamed]);
  }
}
