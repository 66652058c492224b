import {
  isDnsTarget,
  type Mapping,
  type MappingsResponse,
  type SourceStatus,
} from '@external-services/backstage-plugin-external-services-common';
import { SourceStore } from '../database/SourceStore';
import { Ages, dnsSourceIdOf } from '../lines/Ages';
import type { LineStore } from '../lines/LineStore';
import { withAges } from '../lines/withAges';
import type { KnownClusters } from '../sources/cluster/KnownClusters';
import { viewpointOf } from '../sources/dns/dnsKey';

/**
 * Which mappings of an entity are wanted.
 *
 * @internal
 */
export interface MappingsPage {
  /** Those before it are left out. */
  from: number;
  limit: number;
}

/**
 * Answers from what is stored of an entity.
 *
 * @internal
 */
export class AnswerReader {
  readonly #options: AnswerReaderOptions;

  static create(options: AnswerReaderOptions) {
    return new AnswerReader(options);
  }

  private constructor(options: AnswerReaderOptions) {
    this.#options = options;
  }

  /** Undefined when the entity was never joined. */
  async read(
    entityRef: string,
    page: MappingsPage,
  ): Promise<Omit<MappingsResponse, 'actions'> | undefined> {
    const { known, lines, sources } = this.#options;
    const stored = await lines.read(entityRef, page);
    if (!stored) {
      return undefined;
    }
    const dns = this.#dnsSources(stored.items);
    const rows = await sources.get([
      ...new Set([
        ...stored.sources.filter(isRead).map(({ id }) => id),
        ...clustersOf(stored.items).map(one =>
          SourceStore.idOf('cluster', one),
        ),
        ...dns.keys(),
      ]),
    ]);
    const ages = new Ages(rows);
    const answered = stored.sources.map(source =>
      sourceWithAges(source, ages, dns),
    );
    // Names are asked for when their answers end, however old those may get.
    const [seenAt] = answered
      .filter(isRead)
      .flatMap(source => source.seenAt ?? [])
      .sort();
    const next = page.from + stored.items.length;
    return {
      items: stored.items.map(item =>
        withAges(item, answered, ages, known.config),
      ),
      total: stored.total,
      ...(next < stored.total && { nextCursor: String(next) }),
      sources: answered,
      findings: stored.findings,
      ...(seenAt && { seenAt }),
    };
  }

  /** Ids of DNS sources, with that of their viewpoint in the answer. */
  #dnsSources(items: Mapping[]): Map<string, string> {
    const { config } = this.#options.known;
    const ids = new Map<string, string>();
    for (const { target, environment } of items.flatMap(item => item.lines)) {
      const service = { target, environment: environment?.name };
      const id = isDnsTarget(target) && dnsSourceIdOf(service, config);
      if (id) {
        const { resolver } = viewpointOf(service.environment, config);
        ids.set(id, `dns:${resolver}`);
      }
    }
    return ids;
  }
}

/**
 * What an {@link AnswerReader} needs.
 *
 * @internal
 */
export interface AnswerReaderOptions {
  known: Pick<KnownClusters, 'config'>;
  lines: LineStore;
  sources: SourceStore;
}

function isRead({ kind }: SourceStatus): boolean {
  return kind !== 'dns';
}

function clustersOf(items: Mapping[]): string[] {
  return items.flatMap(({ lines }) =>
    lines.flatMap(({ clusters = [] }) => clusters.map(({ name }) => name)),
  );
}

function sourceWithAges(
  source: SourceStatus,
  ages: Ages,
  dns: Map<string, string>,
): SourceStatus {
  const ids = isRead(source)
    ? [source.id]
    : [...dns].flatMap(([id, viewpoint]) =>
        viewpoint === source.id ? id : [],
      );
  const attemptedAt = latest(ids.map(id => ages.attemptedAt(id)));
  // A viewpoint that answers nothing was heard of when it last answered.
  const seenAt =
    source.kind === 'dns'
      ? source.status === 'ok' && attemptedAt
      : ages.seenAt(source.id);
  return {
    ...source,
    ...(source.seenAt && seenAt && { seenAt }),
    ...(source.attemptedAt && attemptedAt && { attemptedAt }),
  };
}

function latest(times: (string | undefined)[]): string | undefined {
  return times
    .flatMap(time => time ?? [])
    .sort()
    .pop();
}
