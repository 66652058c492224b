import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import type { Kind } from './kinds';
import type { Question } from './Question';
import { fromJson, toYaml } from './YamlNode';

interface RecordedCase {
  id: string;
  description: string;
  existing?: Record<string, unknown>;
  manifest: {
    kind: string;
    metadata?: { namespace?: string };
  };
}

const COMMON =
  '@external-services/backstage-plugin-external-services-common/package.json';

const CASES = 'src/validation/__fixtures__/kubernetes-cases.yaml';

/** The manifests whose verdicts were recorded on seven versions of Kubernetes. */
export function recordedQuestions(): Question[] {
  const file = path.join(path.dirname(require.resolve(COMMON)), CASES);
  const cases = expand(load(readFileSync(file, 'utf8'))) as RecordedCase[];
  return cases.map(({ id, description, existing, manifest }) => ({
    source: 'recorded',
    name: `${id} ${description}`,
    kind: kindOf(id, manifest.kind),
    namespace: manifest.metadata?.namespace ?? 'default',
    text: toYaml(fromJson(manifest)),
    value: manifest,
    existing,
  }));
}

/** Where a case is sent, which is told by its kind even when that is misspelt. */
function kindOf(id: string, written: string): Kind {
  const kinds: Kind[] = ['Service', 'Endpoints', 'EndpointSlice'];
  const kind = kinds.find(each => each.toLowerCase() === written.toLowerCase());
  if (!kind) throw new Error(`Case ${id} has the unknown kind ${written}`);
  return kind;
}

/** The macros of the file: `{{repeat:S:N}}` is S written N times, `$repeat` a list of N times an item. */
function expand(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /\{\{repeat:(.*?):(\d+)\}\}/gs,
      (_, text: string, count: string) => text.repeat(Number(count)),
    );
  }
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== 'object' || value === null) return value;
  if ('$repeat' in value) {
    const { count, item } = value.$repeat as { count: number; item: unknown };
    return Array.from({ length: count }, () => expand(item));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, expand(item)]),
  );
}
