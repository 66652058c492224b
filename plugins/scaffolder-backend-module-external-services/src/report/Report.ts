import {
  type ExternalService,
  type ExternalServicePort,
  type Finding,
  inClusterName,
  isDnsTarget,
  resolve,
} from '@external-services/backstage-plugin-external-services-common';
import { protocolOf, type ProtocolId } from '../service/protocols';
import type { Plan } from '../changes/planChanges';
import { findingNotes } from './findingNotes';
import { code, fenced, filesMarkdown, plain } from './markdown';
import { branchName, titleFor } from './pullRequest';
import { targetText } from './targetText';

/**
 * Tells people what was made: on the result page and in the pull request.
 *
 * @internal
 */
export class Report {
  constructor(
    private readonly service: ExternalService,
    private readonly plan: Plan,
    private readonly context: {
      /** Title of the component. */
      title: string;
      protocol: ProtocolId;
      clusterDomain: string;
      findings: Finding[];
      /** What the user should know and no finding says. */
      notes: string[];
    },
  ) {}

  /** The name an app uses; just the name while the namespace is unknown. */
  get fullName(): string {
    return inClusterName(this.service, this.context.clusterDomain);
  }

  /** Title of the pull request. */
  get title(): string {
    return titleFor(
      `Add ${this.service.name}`,
      this.context.title,
      this.environments,
    );
  }

  /**
   * Name of the branch; the same for the same request. With the component in it,
   * since several may live in one repository.
   */
  get branch(): string {
    return branchName([
      'add',
      this.service.name,
      'for',
      this.context.title,
      ...this.environments,
    ]);
  }

  /** Text of the pull request. */
  get body(): string {
    return [
      `Gives ${
        this.linesOfTargets().length > 1 ? 'these targets' : 'this target'
      } one name in the cluster for ${plain(this.context.title)}.`,
      this.linesOfTargets().join('\n'),
      this.configuration,
      this.notes && `Notes:\n\n${this.notes}`,
      'After the merge your deployment applies the files, and the card on the component shows them.',
    ]
      .filter(Boolean)
      .join('\n\n');
  }

  /** What to put into an app's configuration. */
  get configuration(): string {
    const { protocol, clusterDomain } = this.context;
    const [port] = this.service.ports;
    const unknown = this.service.namespace
      ? ''
      : `\n\nIn full it is ${code(
          `${this.service.name}.<namespace>.svc.${clusterDomain}`,
        )}, with the namespace your deployment sets.`;
    return `Your app connects to ${code(this.fullName)}, port ${port.port} (${
      protocolOf(protocol).title
    }).${unknown}`;
  }

  /** Files with their content; hand edits that were kept as changed lines. */
  get files(): string {
    const { changes, kept } = this.plan;
    const untouched = kept.map(
      ({ path, diff }) =>
        `${code(
          path,
        )} was edited by hand and stays as it is. To be as this template writes it, it would change like this:\n\n${fenced(
          diff,
          'diff',
        )}`,
    );
    return changes.length + kept.length === 0
      ? 'Nothing to change: the repository has these files already.'
      : [filesMarkdown(changes), ...untouched].filter(Boolean).join('\n\n');
  }

  /** The certificate note, other notes, findings, each once; empty when there are none. */
  get notes(): string {
    const certificates = this.certificateNotes();
    const found = this.context.findings.filter(
      // Said already, with the full name.
      finding =>
        certificates.length === 0 || finding.code !== 'tls-name-mismatch',
    );
    return findingNotes(found, [...certificates, ...this.context.notes]);
  }

  private certificateNotes(): string[] {
    if (this.context.protocol !== 'https') {
      return [];
    }
    const names = this.variants().flatMap(({ target }) =>
      isDnsTarget(target) ? [target.dnsName] : [],
    );
    return [...new Set(names)].map(
      name =>
        `${plain(
          name,
        )} shows a certificate for its own name, but your app asks for ${plain(
          this.fullName,
        )}. The connection fails unless your app or gateway sends the real name.`,
    );
  }

  private linesOfTargets(): string[] {
    return this.variants().map(
      ({ environment, target, ports }) =>
        `- ${plain(environment ?? 'all environments')}: ${code(
          this.service.name,
        )} leads to ${targetText(target)}, port ${ports
          .map(targetPortOf)
          .join(', ')}`,
    );
  }

  private get environments(): string[] {
    return Object.keys(this.service.environments ?? {});
  }

  private variants() {
    const names = this.service.environments
      ? Object.keys(this.service.environments)
      : [undefined];
    return names.flatMap(name => resolve(this.service, name) ?? []);
  }
}

function targetPortOf({ port, targetPort }: ExternalServicePort): number {
  return targetPort ?? port;
}
